import { describe, expect, test } from 'vitest';
import { ClusterPlan } from '../../../../src/domain/scheduling/cluster-plan.js';
import { HOSTNAME_LABEL, ZONE_LABEL } from '../../../../src/domain/scheduling/labels.js';
import type { PodRequirements } from '../../../../src/domain/scheduling/pod-requirements.js';
import { chooseOption } from '../../../../src/engine/allocate/cluster-autoscaler/choose-option.js';
import { estimateNodes } from '../../../../src/engine/allocate/cluster-autoscaler/estimate-nodes.js';
import type { ExpansionOption } from '../../../../src/engine/allocate/cluster-autoscaler/expansion-option.js';
import { leastNodes } from '../../../../src/engine/allocate/cluster-autoscaler/least-nodes.js';
import { leastLimit } from '../../../../src/engine/allocate/cluster-autoscaler/node-limiter.js';
import { groupPods } from '../../../../src/engine/allocate/cluster-autoscaler/pod-groups.js';
import { priceExpander } from '../../../../src/engine/allocate/cluster-autoscaler/price-expander.js';
import { priorityExpander } from '../../../../src/engine/allocate/cluster-autoscaler/priority-expander.js';
import { needs, pod, pods, shape, spread } from '../../../domain/scheduling/fixture.js';

/** As the estimator's own tests: one small node in another zone is there already. */
function estimate(groups: readonly (readonly [count: number, kind: PodRequirements])[], cpuMillis: number, max = 0) {
  const plan = new ClusterPlan();
  const old = { ...shape(100, 100), maxPods: 10, labels: { [ZONE_LABEL]: 'jupiter' } };
  plan.addNode({ name: 'old', pool: null, shape: old });
  const template = { ...shape(cpuMillis, 5000), maxPods: 10, labels: { [ZONE_LABEL]: 'mars' } };
  const asGroups = groups.map(([count, kind], g) => pods(count, kind, `g${g}`));
  return estimateNodes(plan, asGroups, { pool: 'p', shape: template }, max);
}

// Expected figures: cluster-autoscaler/estimator/binpacking_estimator_test.go (kubernetes/autoscaler, Apache-2.0).
describe('the estimate', () => {
  test('counts what fits by CPU', () => {
    expect(estimate([[10, needs(350)]], 350 * 3 - 50)).toMatchObject({ nodeCount: 5, newNodes: 5 });
  });

  test('packs the larger pods first, and they alone find a place where nodes are few', () => {
    const { nodeCount, pods: placed } = estimate(
      [
        [10, needs(50)],
        [10, needs(500)],
      ],
      1000,
      5,
    );
    expect(nodeCount).toBe(5);
    expect(placed.map(({ name }) => name)).toEqual(pods(10, needs(500), 'g1').map(({ name }) => name));
  });

  test('spreads by node', () => {
    const kind = needs(200, 0, { spread: [spread(HOSTNAME_LABEL, 2)] });
    expect(estimate([[8, kind]], 1000)).toMatchObject({ nodeCount: 4, newNodes: 4 });
  });

  test('goes back to nodes that a new one has made eligible, an old one among them', () => {
    const kind = needs(20, 0, { spread: [spread(HOSTNAME_LABEL, 1, { minDomains: 3 })] });
    const { nodeCount, newNodes, pods: placed } = estimate([[12, kind]], 1000);
    expect([nodeCount, newNodes, placed.length]).toEqual([3, 2, 12]);
  });

  test('does not change the plan, and a limit of less than none allows none', () => {
    const plan = new ClusterPlan();
    const template = { pool: 'p', shape: shape(1000) };
    expect(estimateNodes(plan, [pods(3, needs(500))], template, 0).nodeCount).toBe(2);
    expect([...plan.nodes()]).toEqual([]);
    expect(estimateNodes(plan, [pods(3, needs(500))], template, leastLimit([5, -1])).nodeCount).toBe(0);
    expect([leastLimit([]), leastLimit([0, 7, 3]), leastLimit([0, 0])]).toEqual([0, 3, 0]);
  });
});

test('pods are grouped by owner and requirements, and those of no owner stand alone', () => {
  const [small, large] = [needs(100), needs(200)];
  const group = groupPods([
    pod('a', small),
    pod('b', large),
    pod('c', small),
    pod('d', small, { owner: 'api' }),
    pod('e', small, { owner: null }),
    pod('f', small, { owner: null }),
  ]);
  expect(group.map((members) => members.map(({ name }) => name))).toEqual([['a', 'c'], ['b'], ['d'], ['e'], ['f']]);
  const kinds = Array.from({ length: 12 }, (_, i) => needs(100 + i));
  const many = groupPods([...kinds, ...kinds].map((kind, i) => pod(`p${i}`, kind)));
  expect(many.map((members) => members.length)).toEqual([...Array.from({ length: 10 }, () => 2), 1, 1, 1, 1]);
});

// Expected choices: cluster-autoscaler/expander/price/price_test.go (kubernetes/autoscaler, Apache-2.0).
describe('the price expander', () => {
  const podPrices: Readonly<Record<string, number>> = { p1: 20, p2: 10 };
  const [p1, p2] = [pod('p1', needs(1000)), pod('p2', needs(500))];
  const best = (preferredCpuMillis: number, options: readonly ExpansionOption[]) =>
    priceExpander({
      preferredCpuMillis,
      podsPrice: ({ pods: placed }) => placed.reduce((sum, { name }) => sum + podPrices[name], 0),
      stabilizationPrice: 10,
    })(options).map(({ pool }) => pool);
  const option = (pool: string, cpuMillis: number, nodeCount: number, pricePerHour: number, placed = [p1, p2]) => ({
    pool,
    node: shape(cpuMillis),
    nodeCount,
    pricePerHour,
    pods: placed,
  });

  test.each([
    ['the first is cheaper', 2000, [2, 20], [1, 200], ['ng1']],
    ['the first is cheaper, the second preferred', 4000, [2, 50], [1, 200], ['ng2']],
    ['the same with many nodes', 4000, [80, 20], [40, 200], ['ng1']],
    ['the second is cheaper', 2000, [2, 200], [1, 100], ['ng2']],
  ] as const)('%s', (_, preferred, [count1, price1], [count2, price2], expected) => {
    const options = [option('ng1', 1000, count1, price1), option('ng2', 4000, count2, price2)];
    expect(best(preferred, options)).toEqual(expected);
  });

  test('for the same money more pods', () => {
    expect(best(2000, [option('ng1', 1000, 2, 200, [p1]), option('ng2', 4000, 1, 200)])).toEqual(['ng2']);
  });
});

describe('choosing', () => {
  const option = (pool: string, nodeCount: number): ExpansionOption => {
    return { pool, nodeCount, pods: [], node: shape(1000), pricePerHour: 1 };
  };
  const options = [option('spot-a', 2), option('spot-b', 2), option('reserve', 1)];

  test('expanders judge in turn, and what ties is drawn among', () => {
    const spot = priorityExpander([
      { priority: 10, pools: [/^spot-/] },
      { priority: 1, pools: [/./] },
    ]);
    expect(chooseOption(options, [spot, leastNodes], () => 1)?.pool).toBe('spot-b');
    expect(chooseOption(options, [leastNodes], () => 0)?.pool).toBe('reserve');
    expect(chooseOption([], [leastNodes], () => 0)).toBeNull();
  });

  test('pools without a priority are out, unless none has one', () => {
    const some = priorityExpander([{ priority: 3, pools: [/a$/] }]);
    expect(some(options).map(({ pool }) => pool)).toEqual(['spot-a']);
    expect(priorityExpander([{ priority: 3, pools: [/gpu/] }])(options)).toEqual(options);
  });
});
