import { describe, expect, test } from 'vitest';
import type { ElasticPoolSpec } from '../../../src/domain/elastic-pool-spec.js';
import type { FaultSpec } from '../../../src/domain/fault-spec.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, pool, runSim, type SimRun, workload, world } from '../sim-run.js';

const nothing = { kind: 'constant', value: 0 } as const;
const elastic: ElasticPoolSpec = { min: 0, max: 9, provisioning: nothing, boot: nothing };

/** Four pods on two nodes, of which one is drained at 30 s; replacements are ready 10 s after they are created. */
function drained(minAvailable: number, drainTimeoutSeconds?: number, faults: readonly FaultSpec[] = []): SimRun {
  const timeout = drainTimeoutSeconds === undefined ? {} : { drainTimeoutMicros: seconds(drainTimeoutSeconds) };
  const spec = world({
    nodePools: [pool({ count: 2, elastic, zone: 'a' })],
    faults,
    cluster: { ...world().cluster, ...timeout },
    workloads: [
      workload(
        { initialReplicas: 4, disruptionBudget: { bound: { minAvailable: { count: minAvailable } } } },
        { memoryRequestMiB: 100 },
      ),
    ],
  });
  return runSim(spec, [{ second: 30, pool: 'pool', nodes: 1, remove: ['pool-1'] }]);
}

function terminations(run: SimRun): string[] {
  return factsOf(run, 'podBeganTerminating').map(({ at, pod }) => `${at / 1e6} ${pod}`);
}

describe('a drain under a disruption budget', () => {
  test('evicts as many as it may, and asks again every five seconds', () => {
    const run = drained(3);
    expect(terminations(run)).toEqual(['30 web-1', '40 web-3']);
    expect(factsOf(run, 'podEvictionRefused').map(({ at, pod }) => `${at / 1e6} ${pod}`)).toEqual(['30 web-3']);
    expect(factsOf(run, 'nodeRemoved').map(({ at }) => at / 1e6)).toEqual([40]);
  });

  test('never ends where nobody may go', () => {
    const run = drained(4);
    expect(terminations(run)).toEqual([]);
    expect(factsOf(run, 'nodeRemoved')).toEqual([]);
  });

  test('deletes all the same when its time is over', () => {
    const run = drained(4, 42);
    expect(terminations(run)).toEqual(['72 web-1', '72 web-3']);
    expect(factsOf(run, 'nodeRemoved').map(({ at }) => at / 1e6)).toEqual([72]);
  });

  test('goes on with a node that was away when its time was over', () => {
    const outage: FaultSpec = { kind: 'zoneOutage', at: seconds(68), zone: 'a', durationMicros: seconds(8) };
    const run = drained(4, 42, [outage]);
    expect(terminations(run)).toEqual(['80 web-1', '80 web-3']);
    expect(factsOf(run, 'nodeRemoved').map(({ at }) => at / 1e6)).toEqual([80]);
  });

  test('needs no second look where there is no budget to speak of', () => {
    expect(terminations(drained(0))).toEqual(['30 web-1', '30 web-3']);
  });
});
