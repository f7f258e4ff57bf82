import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/domain/fact.js';
import { seconds } from '../../src/kernel/micros.js';
import { feed, listen, workload } from './fixture.js';
import { asked, empty, engineConfig, nodes, pods, size, ticks } from './node-facts.js';

describe('what an autoscaler is told', () => {
  const spare = [
    asked(0, 'small', 2),
    asked(0, 'large', 0),
    { type: 'replicasSet', at: seconds(0), workload: 'web', replicas: 4 } as const,
    ...nodes('small', 2, ['full', 'spare']),
    ...pods(0, ['a', 'b', 'c'], 'full'),
    ...pods(0, ['d'], 'spare'),
    ...['a', 'b', 'c', 'd'].map((pod): Fact => ({ type: 'podBecameReady', at: seconds(1), workload: 'web', pod })),
    ...ticks(15, 660),
  ];

  test.each([
    [{ maxUnavailable: { count: 0 } }, 0],
    [{ minAvailable: { share: 1 } }, 0],
    [{ maxUnavailable: { count: 1 } }, 1],
    [{ minAvailable: { count: 3 } }, 1],
  ])('a budget of %j lets %i nodes go', (bound, removed) => {
    const base = engineConfig('cluster-autoscaler');
    const workloads = [workload({ minReplicas: 0, disruptionBudget: { bound } })];
    const heard = listen({ ...base, workloads });
    feed(heard.engine, spare);
    expect(heard.commands.slice(0, 1)).toHaveLength(removed);
  });

  test("what daemon sets take counts into a node's utilisation", () => {
    // Half a core of two is a quarter; with 1.5 cores of daemons on a machine of 3.5 it is four sevenths, which is not unneeded.
    const base = engineConfig('cluster-autoscaler');
    const reserved = { cpuMillis: 1500, memoryMiB: 0 };
    const scaler = base.nodeScaler!;
    const heard = listen({
      ...base,
      nodeScaler: { ...scaler, pools: scaler.pools.map((one) => ({ ...one, reserved })) },
    });
    feed(heard.engine, spare);
    expect(heard.commands).toEqual([]);
  });

  test('Karpenter lets nodes of a fixed pool grow old', () => {
    const heard = listen(engineConfig('karpenter', { expireAfter: '20m' }));
    const fixed: Fact = { ...size(2), type: 'nodeBecameReady', at: seconds(0), node: 'there', instanceType: 'fixed' };
    feed(heard.engine, [...empty, fixed, ...pods(0, ['a', 'b'], 'there'), ...ticks(15, 1500)]);
    expect(heard.commands).toEqual([]);
  });
});
