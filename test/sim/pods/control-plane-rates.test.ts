import { describe, expect, test } from 'vitest';
import type { ClusterSpec } from '../../../src/domain/cluster-spec.js';
import type { WorldSpec } from '../../../src/domain/world-spec.js';
import { micros, seconds } from '../../../src/kernel/micros.js';
import { factsOf, lines, pool, runSim, type SimRun, workload, world } from '../sim-run.js';

function limited(cluster: Partial<ClusterSpec>, changes: Partial<WorldSpec> = {}): WorldSpec {
  return world({ cluster: { ...world().cluster, ...cluster }, ...changes });
}

function times(run: SimRun, type: 'podCreated' | 'podScheduled' | 'podFoundUnschedulable'): number[] {
  return factsOf(run, type)
    .map(({ at }) => at / 1e6)
    .filter((at) => at > 0);
}

describe('creating pods', () => {
  const podCreation = { perSecond: 20, burst: 4, latencyMicros: micros(20_000) };

  test('goes in batches of 1, 2, 4, ..., each call at its turn and each batch after the one before', () => {
    const created = times(runSim(limited({ podCreation }), [[15, 11]]), 'podCreated');
    // Tokens: 4 at first, 0.4 more for every 20 ms.
    expect(created).toEqual([15.02, 15.04, 15.04, 15.06, 15.07, 15.12, 15.17, 15.22, 15.27, 15.32]);
  });

  test('all workloads wait at one limit', () => {
    const two = { workloads: [workload({ name: 'a' }), workload({ name: 'b' })] };
    const slow = { perSecond: 1, burst: 1, latencyMicros: micros(0) };
    const run = runSim(limited({ podCreation: slow }, two), [
      [15, 3, 'a'],
      [15, 2, 'b'],
    ]);
    expect(lines(run.facts).filter((line) => /^1\d.* podCreated/.test(line))).toEqual([
      '15 podCreated a-1',
      '16 podCreated a-2',
      '17 podCreated b-1',
    ]);
  });

  test('the controller is deaf while it creates, and mends the rest afterwards', () => {
    const slow = { perSecond: 1, burst: 1, latencyMicros: micros(0) };
    const run = runSim(limited({ podCreation: slow }), [
      [15, 41],
      [30, 1],
    ]);
    expect(times(run, 'podCreated')).toHaveLength(40);
    expect(factsOf(run, 'podBeganTerminating').map(({ at }) => at / 1e6)).toEqual(Array<number>(40).fill(54));
  });

  test('one synchronisation creates 500 at most, and the next one follows', () => {
    const fast = { perSecond: 1e6, burst: 1e6, latencyMicros: seconds(1) };
    const created = times(runSim(limited({ podCreation: fast }), [[15, 502]]), 'podCreated');
    // Batches 1, 2, 4, ..., 128 and 245 take nine seconds; the 501st pod begins anew.
    expect(created).toHaveLength(501);
    expect(created.filter((at) => at === 24)).toHaveLength(245);
    expect(created[500]).toBe(25);
  });

  test('initial pods are there from the beginning', () => {
    const run = runSim(limited({ podCreation }, { workloads: [workload({ initialReplicas: 30 })] }));
    expect(factsOf(run, 'podBecameReady').every(({ at }) => at === 0)).toBe(true);
  });
});

describe('binding pods', () => {
  test('the scheduler binds one after the other', () => {
    const run = runSim(limited({ bindsPerSecond: 10 }), [[15, 4]]);
    expect(times(run, 'podScheduled')).toEqual([15, 15.1, 15.2]);
  });

  test('a pod that has only to wait for its turn is not unschedulable, one without a place is told when its turn comes', () => {
    const nodePools = [pool({ count: 1 })];
    const run = runSim(limited({ bindsPerSecond: 10 }, { nodePools }), [[15, 6]]);
    expect(times(run, 'podScheduled')).toEqual([15, 15.1, 15.2]);
    expect(times(run, 'podFoundUnschedulable')).toEqual([15.2, 15.2]);
    expect(run.measurement.pods[5].waits).toEqual([{ for: 'node', from: 15.2e6, to: null }]);
    expect(run.measurement.pods[2].waits).toEqual([]);
  });

  test('a pod deleted before its turn takes none', () => {
    const run = runSim({ ...limited({ bindsPerSecond: 0.1 }), tickMicros: seconds(5) }, [
      [15, 4],
      [20, 3],
    ]);
    expect(lines(run.facts).filter((line) => line.includes('podScheduled'))).toEqual([
      '0 podScheduled web-0 serverless',
      '15 podScheduled web-1 serverless',
      '25 podScheduled web-2 serverless',
    ]);
  });
});
