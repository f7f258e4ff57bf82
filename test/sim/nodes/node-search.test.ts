import { expect, test } from 'vitest';
import { ClusterPlan } from '../../../src/domain/scheduling/cluster-plan.js';
import { NodeSearch } from '../../../src/sim/nodes/node-search.js';
import { shape } from '../../domain/scheduling/fixture.js';
import { factsOf, pool, runSim, workload, world } from '../sim-run.js';

function searchOf(count: number): NodeSearch {
  const plan = new ClusterPlan();
  for (let i = 0; i < count; i += 1) plan.addNode({ name: `${i}`, pool: null, shape: shape(1000) });
  const search = new NodeSearch();
  search.over([...plan.nodes()]);
  return search;
}

function lookedAt(search: NodeSearch, passes: (node: number) => boolean = () => true): number[] {
  const looked: number[] = [];
  search.fitting(({ name }) => {
    looked.push(Number(name));
    return passes(Number(name));
  });
  return looked;
}

test('up to a hundred nodes are all looked at, each time from the first on', () => {
  const search = searchOf(100);
  for (let i = 0; i < 3; i += 1) {
    const looked = lookedAt(search);
    expect([looked.length, looked[0]]).toEqual([100, 0]);
  }
  expect(searchOf(0).fitting(() => true)).toEqual([]);
});

// numFeasibleNodesToFind of kube-scheduler: 49% of 200 is less than a hundred; 42% of 1,000; 10% of 5,000; 5% of 10,000.
test.each([
  [200, 100],
  [1000, 420],
  [5000, 500],
  [10_000, 500],
])('of %i nodes %i that fit are enough', (count, enough) => {
  expect(lookedAt(searchOf(count))).toHaveLength(enough);
});

test('the next search goes on where the last one stopped, around the end', () => {
  const search = searchOf(150);
  expect(lookedAt(search)[0]).toBe(0);
  const second = lookedAt(search);
  expect([second[0], second.at(-1), second.length]).toEqual([100, 49, 100]);
  expect(lookedAt(search)[0]).toBe(50);
});

test('it looks at all before it finds too few', () => {
  const search = searchOf(300);
  expect(lookedAt(search, (node) => node % 10 === 0)).toHaveLength(300);
  expect(search.fitting(({ name }) => name === '299').map(({ name }) => name)).toEqual(['299']);
});

test('in a large cluster pods in a row are placed in different parts of it', () => {
  const placed = (count: number): string[] => {
    const prior = workload({ initialReplicas: 3, scheduling: { priority: 1 } });
    return factsOf(runSim(world({ nodePools: [pool({ count })], workloads: [prior] })), 'podScheduled').map(
      ({ node }) => node,
    );
  };
  expect(placed(100)).toEqual(['pool-0', 'pool-1', 'pool-2']);
  expect(placed(200)).toEqual(['pool-0', 'pool-100', 'pool-1']);
});
