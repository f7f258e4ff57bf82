import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../src/engine/registries.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';

/** A front that stays and a back that is scaled by the front's load, which steps from 20 to 60 requests a second at ten minutes. */
function scenario(metric: string): string {
  return `duration: 20m
warmUp: 2m
traffic:
  - to: front
    generate: { step: { from: 20/s, to: 60/s, at: 10m } }
    arrivals: uniform
workloads:
  front:
    serve: { cpu: 1ms, calls: [back] }
    replicas: 2
  back:
    pod: { start: 5s, readiness: { period: 5s } }
    serve: { cpu: 1ms }
    replicas: { initial: 2, min: 1, max: 20 }
    scaling: { policy: hpa, metrics: [${metric}] }
`;
}

async function run(text: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(file, text);
  const options = { registries: builtIn, dataDirectory: null, version: '0' };
  const finished = await runScenario(await loadScenario(file, options), { registries: builtIn });
  return finished.decisions.filter(({ workload }) => workload === 'back');
}

describe('a workload scaled by the requests per second on a balancer', () => {
  const ofFront = 'object: requests_per_second, describedObject: { kind: Service, name: front }';

  test('follows the load of the Service that the metric describes, in value as in averageValue', async () => {
    const average = await run(scenario(`{ ${ofFront}, averageValue: 10/s }`));
    const before = average.filter(({ at }) => at > 0 && at < 600e6);
    expect(new Set(before.map(({ desired }) => desired))).toEqual(new Set([2]));
    expect(before[0]).toMatchObject({ winner: 'object/front/requests_per_second', reason: 'within-tolerance' });
    // 60 requests a second are six pods of ten each, and the window of a minute is full a minute and a lag after the step.
    const first = average.find(({ at, direction }) => at > 600e6 && direction === 'up');
    expect(first?.at).toBeLessThanOrEqual(630e6);
    const settled = average.filter(({ at }) => at > 700e6);
    expect(new Set(settled.map(({ desired }) => desired))).toEqual(new Set([6]));
    expect(settled[0].metrics).toMatchObject([{ value: 10, target: 10, unit: '/s' }]);

    // A value is for the Service as a whole, and the ratio multiplies the ready pods: it asks on until the load falls.
    const value = await run(scenario(`{ ${ofFront}, value: 60/s }`));
    expect(value.find(({ at }) => at > 500e6)?.metrics).toMatchObject([{ value: 20, target: 60 }]);
    expect(value[value.length - 1]).toMatchObject({ desired: 1, metrics: [{ value: 60, target: 60 }] });
  });
});
