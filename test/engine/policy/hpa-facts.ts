import type { EngineWorkload } from '../../../src/domain/engine-config.js';
import type { Fact } from '../../../src/domain/fact.js';
import { policies } from '../../../src/engine/policy/policies.js';
import { podsScraped, readyPod, replicasSet, trafficScraped, workload } from '../fixture.js';

/** A workload scaled by an `hpa` section as people write it. */
export function scaledBy(written: object, changes: Partial<EngineWorkload> = {}): EngineWorkload {
  return workload({ policy: { name: 'hpa', config: policies.hpa.schema.parse(written) }, ...changes });
}

/** Four ready pods for ten minutes, each using so many thousandths of a core of the 500 requested; a queue of seven. */
export function usage(cpuMillis: number, until = 600): Fact[] {
  const pods = ['a', 'b', 'c', 'd'];
  const facts = [replicasSet(0, 4), ...pods.flatMap((pod) => readyPod(0, pod))];
  for (let at = 15; at <= until; at += 15) {
    facts.push(podsScraped(at, Object.fromEntries(pods.map((pod) => [pod, (at * cpuMillis) / 1000]))));
    facts.push(trafficScraped(at, at * 80));
  }
  return facts;
}
