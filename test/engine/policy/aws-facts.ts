import type { Decision } from '../../../src/domain/decision.js';
import type { Fact } from '../../../src/domain/fact.js';
import { builtIn } from '../../../src/engine/registries.js';
import { config, listen, podsScraped, readyPod, replicasSet, ticked, trafficScraped, workload } from '../fixture.js';

/** What pods do from an instant on, in seconds: the CPU that each uses, in cores, or nothing scraped at all. */
export interface Span {
  readonly until: number;
  readonly cores: number | null;
  /** Pods that become ready at its beginning. */
  readonly join?: readonly string[];
  /** Replicas that somebody asks for at its beginning. */
  readonly replicas?: number;
}

/**
 * Decisions of an AWS policy, tick by tick every 15 s or as said, over pods of half a core that are there from the beginning. Pods are followed as the
 * policy scales: where it asks for more, they come when a span says so.
 */
export function decisionsOf(
  name: 'target-tracking' | 'step' | 'composite',
  section: Record<string, unknown>,
  pods: number,
  spans: readonly Span[],
  every = 15,
): readonly Decision[] {
  const policy = { name, config: builtIn.policies[name].schema.parse(section) };
  const { engine, decisions, commands } = listen(config([workload({ policy, minReplicas: 1, maxReplicas: 100 })]));
  const names = Array.from({ length: pods }, (_, i) => `web-${i}`);
  const used = new Map<string, number>();
  const tell = (facts: readonly Fact[]): void => {
    for (const fact of facts) engine.on(fact);
  };
  tell([replicasSet(0, pods), ...names.flatMap((pod) => readyPod(-1000, pod))]);
  let at = 0;
  for (const { until, cores, join = [], replicas } of spans) {
    if (replicas !== undefined) tell([replicasSet(at, replicas)]);
    tell(join.flatMap((pod) => readyPod(at, pod)));
    names.push(...join);
    for (at += every; at <= until; at += every) {
      for (const pod of names) used.set(pod, (used.get(pod) ?? 0) + every * (cores ?? 0));
      if (cores !== null) tell([podsScraped(at, Object.fromEntries(used)), trafficScraped(at, at * 100)]);
      const before = commands.length;
      tell([ticked(at)]);
      for (const command of commands.slice(before)) {
        if (command.type === 'setReplicas') tell([replicasSet(at, command.replicas)]);
      }
    }
    at -= every;
  }
  return decisions;
}

/** When and to what a run scaled. */
export function changes(decisions: readonly Decision[]): readonly (readonly [seconds: number, replicas: number])[] {
  return decisions.filter(({ from, desired }) => from !== desired).map(({ at, desired }) => [at / 1e6, desired]);
}
