import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, lines, pool, runSim, workload, world } from '../sim-run.js';

/** Node of every scheduled pod, in order. */
function places(run: ReturnType<typeof runSim>): string[] {
  return factsOf(run, 'podScheduled').map(({ pod, node }) => `${pod} ${node}`);
}

describe('placing pods', () => {
  test('pods spread over the freest nodes, the first among equals', () => {
    const run = runSim(world({ nodePools: [pool({ count: 3 })], workloads: [workload({ initialReplicas: 5 })] }));
    expect(places(run)).toEqual(['web-0 pool-0', 'web-1 pool-1', 'web-2 pool-2', 'web-3 pool-0', 'web-4 pool-1']);
  });

  test('a larger node is freer after taking the same pod', () => {
    const pools = [
      pool({ name: 'small', count: 1 }),
      pool({ name: 'large', count: 1, cpuMillis: 8000, memoryMiB: 16384 }),
    ];
    const run = runSim(world({ nodePools: pools, workloads: [workload({ initialReplicas: 3 })] }));
    // Free shares of CPU with the pod: 7/8 against 3/4, then a tie of 3/4 that the first node wins, then 6/8 against 2/4.
    expect(places(run)).toEqual(['web-0 large-0', 'web-1 small-0', 'web-2 large-0']);
  });

  test('pods without requests spread too, and fit wherever there is a place', () => {
    const bare = workload({ initialReplicas: 4 }, { cpuRequestMillis: null, memoryRequestMiB: null });
    const run = runSim(world({ nodePools: [pool({ count: 2, cpuMillis: 100, memoryMiB: 100 })], workloads: [bare] }));
    expect(places(run)).toHaveLength(4);
    const roomy = runSim(world({ nodePools: [pool({ count: 2 })], workloads: [bare] }));
    expect(places(roomy)).toEqual(['web-0 pool-0', 'web-1 pool-1', 'web-2 pool-0', 'web-3 pool-1']);
  });

  test('requests are never overcommitted, nor the number of pods', () => {
    const byCpu = runSim(world({ nodePools: [pool()], workloads: [workload({ initialReplicas: 20 })] }));
    expect(places(byCpu)).toHaveLength(8);
    const byPods = runSim(world({ nodePools: [pool({ maxPods: 3 })], workloads: [workload({ initialReplicas: 20 })] }));
    expect(places(byPods)).toHaveLength(6);
  });
});

describe('pods that fit nowhere', () => {
  const full = world({
    tickMicros: seconds(15),
    nodePools: [pool({ count: 2 })],
    workloads: [workload({ initialReplicas: 7 })],
  });

  test('they stay pending, are reported once with the reason, and start in order when there is room', () => {
    const run = runSim(full, [
      [15, 10],
      [30, 9],
    ]);
    expect(lines(run.facts).filter((line) => line.startsWith('15'))).toEqual([
      '15 replicasSet web 10',
      '15 podCreated web-7',
      '15 podCreated web-8',
      '15 podCreated web-9',
      '15 podScheduled web-7 pool-1',
      '15 podStarted web-7',
      '15 podFoundUnschedulable web-8 (0/2 nodes are available: 2 Insufficient cpu)',
      '15 podFoundUnschedulable web-9 (0/2 nodes are available: 2 Insufficient cpu)',
    ]);
    // One too many: the unscheduled pods are deleted first, the newest of them.
    expect(lines(run.facts).filter((line) => line.startsWith('30 pod'))).toEqual([
      '30 podBeganTerminating web-9 (scaled down)',
      '30 podRemoved web-9 (scaled down)',
    ]);
  });

  test('the first created gets the place that a removed pod leaves', () => {
    const killed = {
      ...full,
      faults: [{ kind: 'killPods', at: seconds(40), workload: 'web', pods: { count: 1 } }] as const,
    };
    const run = runSim(killed, [[15, 10]]);
    const at40 = lines(run.facts).filter((line) => line.startsWith('40'));
    expect(at40[0]).toMatch(/^40 podRemoved web-\d \(killed\)$/);
    expect(at40.slice(1)).toEqual([
      expect.stringMatching(/^40 podScheduled web-8 pool-/),
      '40 podStarted web-8',
      '40 podCreated web-10',
      '40 podFoundUnschedulable web-10 (0/2 nodes are available: 2 Insufficient cpu)',
    ]);
  });

  test('a smaller pod of another workload need not wait behind a large one', () => {
    const large = workload({ name: 'large', initialReplicas: 1 }, { cpuRequestMillis: 5000 });
    const small = workload({ name: 'small', initialReplicas: 1 }, { cpuRequestMillis: 100 });
    const run = runSim(world({ nodePools: [pool()], workloads: [large, small] }));
    expect(lines(run.facts)).toContain('0 podFoundUnschedulable large-0 (0/2 nodes are available: 2 Insufficient cpu)');
    expect(lines(run.facts)).toContain('0 podBecameReady small-0');
  });

  test('initial pods without room start like any other when they get it', () => {
    const spec = world({
      nodePools: [pool({ count: 1, maxPods: 1 })],
      workloads: [workload({ initialReplicas: 2 })],
      faults: [{ kind: 'killPods', at: seconds(20), workload: 'web', pods: { count: 1 } }],
    });
    expect(lines(runSim(spec).facts)).toContain('30 podBecameReady web-1');
  });
});
