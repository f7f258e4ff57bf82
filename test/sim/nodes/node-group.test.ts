import { describe, expect, test } from 'vitest';
import type { ElasticPoolSpec } from '../../../src/domain/elastic-pool-spec.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { Distribution } from '../../../src/kernel/distributions.js';
import { seconds } from '../../../src/kernel/micros.js';
import { factsOf, lines, pool, runSim, workload, world } from '../sim-run.js';

const after = (value: number): Distribution => ({ kind: 'constant', value: value * 1e6 });

/** 20 s until a machine runs, 30 s until it is up, 10 s until it is set up. */
const elastic: ElasticPoolSpec = { min: 0, max: 9, provisioning: after(20), boot: after(30), bake: after(10) };

function later(facts: readonly Fact[]): string[] {
  return lines(facts).filter((line) => Number(line.split(' ')[0]) > 0);
}

describe('a pool whose number of nodes changes', () => {
  test('launches what is asked for; pods that wait are placed when it is up, and it is paid for since it runs', () => {
    const spec = world({
      nodePools: [pool({ count: 1, elastic })],
      workloads: [workload({ initialReplicas: 5 })],
    });
    const run = runSim(spec, [{ second: 15, pool: 'pool', nodes: 2 }]);
    expect(lines(run.facts).slice(0, 3)).toEqual([
      '0 nodeCountSet pool 1',
      '0 nodeLaunched pool-0',
      '0 nodeBecameReady pool-0',
    ]);
    expect(later(run.facts)).toEqual([
      '15 nodeCountSet pool 2',
      '15 nodeLaunched pool-1',
      '75 nodeBecameReady pool-1',
      '75 podScheduled web-4 pool-1',
      '75 podStarted web-4',
      '85 podBecameReady web-4',
    ]);
    const { nodes, nodeScaling, pods } = run.measurement;
    expect(nodes.map(({ paidFrom, readyAt }) => [paidFrom, readyAt])).toEqual([
      [0, 0],
      [35e6, 75e6],
    ]);
    expect(nodeScaling).toEqual([{ atSeconds: 15, workload: 'pool', from: 1, to: 2, reason: 'scaled up' }]);
    expect(pods[4].waits).toEqual([{ for: 'node', from: 0, to: 75e6 }]);
    const columns = run.measurement.series.tables.find(({ kind }) => kind === 'pool')?.columns;
    expect([...(columns?.desiredNodes ?? [])]).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect([...(columns?.nodes ?? [])]).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
    expect([...(columns?.readyNodes ?? [])]).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
  });

  test('drains a node before it goes: its pods finish what they have, and are replaced elsewhere at once', () => {
    const spec = world({
      nodePools: [pool({ count: 2, elastic })],
      workloads: [workload({ initialReplicas: 4 }, { memoryRequestMiB: 100 })],
    });
    const busy = (fact: Fact, plane: Parameters<NonNullable<Parameters<typeof runSim>[2]>>[1]): void => {
      if (fact.type === 'nodeBeganDraining') plane.process('web-1').carry(3, 41.5);
    };
    const run = runSim(spec, [{ second: 30, pool: 'pool', nodes: 1, remove: ['pool-1'] }], busy);
    expect(later(run.facts)).toEqual([
      '30 nodeCountSet pool 1',
      '30 nodeBeganDraining pool-1 (scaled down)',
      '30 podBeganTerminating web-1 (scaled down)',
      '30 podBeganTerminating web-3 (scaled down)',
      '30 podCreated web-4',
      '30 podCreated web-5',
      '30 podScheduled web-4 pool-0',
      '30 podStarted web-4',
      '30 podScheduled web-5 pool-0',
      '30 podStarted web-5',
      '30 podRemoved web-3 (scaled down)',
      '40 podBecameReady web-4',
      '40 podBecameReady web-5',
      '42 podRemoved web-1 (scaled down)',
      '42 nodeRemoved pool-1 (scaled down)',
    ]);
    expect(run.plane.notesOf('cut')).toEqual(['30 web-3 cut for scaling with 0', '42 web-1 cut for scaling with 0']);
    expect(run.measurement.nodes[1]).toMatchObject({ removedAt: 42e6, reason: 'scaled down' });
  });

  test('cuts requests off at the end of the grace, and then the node goes', () => {
    const spec = world({ nodePools: [pool({ count: 1, elastic })] });
    const run = runSim(spec, [{ second: 30, pool: 'pool', nodes: 0 }], (fact, plane) => {
      if (fact.type === 'nodeBeganDraining') plane.process('web-0').carry(2, 300);
    });
    expect(run.plane.notesOf('cut')).toEqual(['60 web-0 cut for scaling with 2']);
    expect(later(run.facts).slice(-3)).toEqual([
      '30 podFoundUnschedulable web-1 (0/1 nodes are available: 1 node(s) were unschedulable)',
      '60 podRemoved web-0 (scaled down)',
      '60 nodeRemoved pool-0 (scaled down)',
    ]);
  });

  test('takes those that are not in service first, then those with the fewest pods', () => {
    const spec = world({
      nodePools: [pool({ count: 2, elastic })],
      workloads: [workload({ initialReplicas: 3 })],
    });
    const { facts } = runSim(spec, [
      { second: 15, pool: 'pool', nodes: 4 },
      { second: 30, pool: 'pool', nodes: 3 },
      { second: 45, pool: 'pool', nodes: 1 },
    ]);
    expect(lines(facts).filter((line) => /nodeRemoved|nodeBeganDraining/.test(line))).toEqual([
      '30 nodeRemoved pool-3 (scaled down)',
      '45 nodeRemoved pool-2 (scaled down)',
      '45 nodeBeganDraining pool-1 (scaled down)',
      '45 nodeRemoved pool-1 (scaled down)',
    ]);
  });

  test('replaces a node that is lost for good when that is noticed', () => {
    const spec = world({
      nodePools: [pool({ count: 1, elastic })],
      faults: [{ kind: 'killNode', at: seconds(10), count: 1 }],
    });
    const { facts, measurement } = runSim(spec);
    expect(lines(facts).filter((line) => line.includes('node'))).toEqual([
      '0 nodeCountSet pool 1',
      '0 nodeLaunched pool-0',
      '0 nodeBecameReady pool-0',
      '50 nodeLost pool-0',
      '50 podBecameUnready web-0 (node lost)',
      '50 nodeLaunched pool-1',
      '110 nodeBecameReady pool-1',
    ]);
    expect(measurement.nodes[0]).toMatchObject({ removedAt: 10e6, reason: 'lost' });
  });

  test('draws boot times by pool and machine, whatever else is launched', () => {
    const drawn = { ...elastic, boot: { kind: 'exponential', mean: 20e6 } as const };
    const ready = (nodes: number): Map<string, number> =>
      new Map(
        factsOf(
          runSim(world({ nodePools: [pool({ count: 1, elastic: drawn })] }), [{ second: 15, pool: 'pool', nodes }]),
          'nodeBecameReady',
        ).map(({ node, at }) => [node, at]),
      );
    const [few, many] = [ready(3), ready(8)];
    expect(many.size).toBeGreaterThan(few.size);
    for (const [node, at] of few) expect(many.get(node)).toBe(at);
  });
});

describe('a warm pool', () => {
  const warm = (state: 'stopped' | 'running', size: number): ElasticPoolSpec => ({
    ...elastic,
    warmPool: { size, state, start: after(5), diskPricePerHour: 0.01 },
  });
  const asked = [
    { second: 15, pool: 'pool', nodes: 2 },
    { second: 30, pool: 'pool', nodes: 3 },
    { second: 90, pool: 'pool', nodes: 4 },
  ];

  test('gives a machine that is up, is refilled, and while it is empty machines come up cold', () => {
    const { facts, measurement } = runSim(
      world({ nodePools: [pool({ count: 1, elastic: warm('stopped', 1) })] }),
      asked,
    );
    // The refill of 15 s is up and stopped at 75: at 30 there is none, and the machine comes up cold at 90.
    expect(lines(facts).filter((line) => line.includes('nodeBecameReady'))).toEqual([
      '0 nodeBecameReady pool-0',
      '20 nodeBecameReady pool-1',
      '90 nodeBecameReady pool-3',
      '95 nodeBecameReady pool-2',
    ]);
    const stops = measurement.nodes.map((node) => node.stops?.times.map(({ from, to }) => [from, to]));
    expect(stops).toEqual([undefined, [[0, 15e6]], [[75e6, 90e6]], undefined, undefined]);
    const columns = measurement.series.tables.find(({ kind }) => kind === 'pool')?.columns;
    expect([...(columns?.stoppedNodes ?? [])]).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0]);
  });

  test('of running machines is paid for in full', () => {
    const { measurement } = runSim(world({ nodePools: [pool({ count: 1, elastic: warm('running', 2) })] }));
    expect(measurement.nodes.map(({ paidFrom, stops }) => [paidFrom, stops])).toEqual([
      [0, undefined],
      [0, undefined],
      [0, undefined],
    ]);
  });
});
