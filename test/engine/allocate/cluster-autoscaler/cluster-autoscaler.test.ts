import { describe, expect, test } from 'vitest';
import { ClusterAutoscaler } from '../../../../src/engine/allocate/cluster-autoscaler/cluster-autoscaler.js';
import { zClusterAutoscaler } from '../../../../src/engine/allocate/cluster-autoscaler/settings.js';
import { seconds } from '../../../../src/kernel/micros.js';
import { needs, pod, pods } from '../../../domain/scheduling/fixture.js';
import { at, node, of, pool } from '../node-scaling/fixture.js';

const autoscaler = (settings: object = {}) => new ClusterAutoscaler(zClusterAutoscaler.parse(settings), 1);

describe('scale-up', () => {
  const pools = [pool('small', 2), pool('large', 16)];

  test('one pool grows by what the pods need, the one with the least waste', () => {
    const proposal = autoscaler().decide(at(0, pools, [], { pending: pods(5, needs(1000, 1000)) }));
    expect(of(proposal, 'small')).toMatchObject({ desired: 3, reason: 'pending-pods' });
    expect(of(proposal, 'large')).toMatchObject({ desired: 0, reason: 'held' });
    expect(proposal.unplaced).toEqual([]);
  });

  test('the expanders choose otherwise', () => {
    const pending = pods(5, needs(1000, 1000));
    const chosen = (expander: unknown, more: object = {}) => {
      const { pools: all } = autoscaler({ expander, ...more }).decide(at(0, pools, [], { pending }));
      return all.find(({ desired }) => desired > 0)?.pool;
    };
    expect(chosen('least-nodes')).toBe('large');
    expect(chosen('price')).toBe('small');
    expect(chosen('priority', { priorities: [{ priority: 9, pools: ['^lar'] }] })).toBe('large');
    expect(chosen(['most-pods', 'least-nodes'])).toBe('large');
  });

  test('pods that fit on nodes on their way bring no others', () => {
    const coming = node('n1', 'large', [], { readyAt: null });
    const proposal = autoscaler().decide(at(0, pools, [coming], { pending: pods(10, needs(1000)) }));
    expect(of(proposal, 'large').desired).toBe(1);
    expect(of(proposal, 'small').desired).toBe(0);
    const asked = [pool('small', 2, { specNodes: 5 }), pool('large', 16)];
    expect(of(autoscaler().decide(at(0, asked, [], { pending: pods(10, needs(1000)) })), 'large').desired).toBe(0);
  });

  test('maximum, total and pods too large bind, and say so', () => {
    const pending = pods(8, needs(1000));
    const full = autoscaler().decide(at(0, [pool('small', 2, { maxNodes: 3 })], [], { pending }));
    expect([of(full, 'small').desired, full.unplaced.length]).toEqual([3, 2]);
    const total = autoscaler({ maxNodesTotal: 2 }).decide(at(0, [pool('small', 2)], [], { pending }));
    expect([of(total, 'small').desired, total.unplaced.length]).toEqual([2, 4]);
    const huge = autoscaler().decide(at(0, [pool('small', 2)], [], { pending: [pod('huge', needs(3000))] }));
    expect(of(huge, 'small')).toMatchObject({ desired: 0, reason: 'pods-too-large' });
  });

  test('expendable pods bring no nodes', () => {
    const pending = [pod('idle', needs(1000, 0, { priority: -11 }))];
    const proposal = autoscaler().decide(at(0, pools, [], { pending }));
    expect(proposal.pools.map(({ desired }) => desired)).toEqual([0, 0]);
    expect(proposal.unplaced).toEqual(pending);
  });
});

describe('pools that give no nodes', () => {
  const pools = [pool('small', 2), pool('large', 16)];
  const pending = pods(2, needs(1000));

  test('are left alone for 5, 10, 20, 30 minutes, and another one is tried', () => {
    const scaler = autoscaler();
    const asked = [pool('small', 2, { specNodes: 1 }), pool('large', 16)];
    const failures = [{ pool: 'small', at: seconds(60), nodes: 1, reason: 'InsufficientInstanceCapacity' }];
    const proposal = scaler.decide(at(60, asked, [], { pending, failures }));
    expect(of(proposal, 'small')).toMatchObject({ desired: 0 });
    expect(of(proposal, 'large').desired).toBe(1);
    const grows = (second: number) => of(scaler.decide(at(second, pools, [], { pending })), 'small').desired > 0;
    expect([grows(359), grows(361)]).toEqual([false, true]);
    scaler.decide(
      at(362, asked, [], {
        pending,
        failures: [{ pool: 'small', at: seconds(362), nodes: 1, reason: 'InsufficientInstanceCapacity' }],
      }),
    );
    expect([grows(362 + 599), grows(362 + 601)]).toEqual([false, true]);
  });

  test('a node that has not come up after 15 minutes is given up', () => {
    const late = node('n1', 'small', [], { readyAt: null });
    const hold = autoscaler().decide(at(900, pools, [late], { pending }));
    expect(of(hold, 'small')).toMatchObject({ desired: 1, remove: [] });
    const proposal = autoscaler().decide(at(901, pools, [late], { pending }));
    expect(of(proposal, 'small')).toMatchObject({ desired: 0, remove: ['n1'] });
    expect(of(proposal, 'large').desired).toBe(1);
  });
});

describe('scale-down', () => {
  const busy = node('busy', 'small', pods(2, needs(700), 'b'));
  const idle = node('idle', 'small', [pod('i', needs(300))]);
  const empty = node('empty', 'small');

  /** Removals as ticks go by, ten seconds each. */
  function removals(settings: object, nodes = [busy, idle, empty], more: object = {}, minNodes = 0) {
    const scaler = autoscaler(settings);
    const when = new Map<string, number>();
    for (let second = 0; second <= 1300; second += 10) {
      const proposal = scaler.decide(at(second, [pool('small', 2, { minNodes })], nodes, more));
      for (const name of of(proposal, 'small').remove) if (!when.has(name)) when.set(name, second);
    }
    return Object.fromEntries(when);
  }

  test('what has been unneeded for more than ten minutes goes, empty or not', () => {
    expect(removals({})).toEqual({ idle: 610, empty: 610 });
    expect(removals({ scaleDownUnneededTime: '2m' })).toEqual({ idle: 130, empty: 130 });
    expect(removals({ scaleDownUtilizationThreshold: '10%' })).toEqual({ empty: 610 });
    expect(removals({ scaleDownEnabled: false })).toEqual({});
  });

  test('pods that may not move, budgets and the minimum keep nodes', () => {
    const pinned = node('idle', 'small', [pod('i', needs(300), { movable: false })]);
    expect(removals({}, [busy, pinned])).toEqual({});
    expect(removals({}, [busy, idle], { budgets: [{ name: 'web', selector: {}, allowed: 0 }] })).toEqual({});
    expect(removals({}, [busy, idle, empty], {}, 2)).toEqual({ empty: 610 });
    expect(removals({}, [busy, node('idle', 'small', [pod('i', needs(900))])])).toEqual({});
  });

  test('a node that is not well goes after twenty minutes', () => {
    const sick = node('sick', 'small', [], { unhealthySince: seconds(0) });
    expect(removals({}, [busy, sick])).toEqual({ sick: 1210 });
  });

  test('two half-empty nodes are not both removed when only one pod fits elsewhere', () => {
    const one = node('one', 'small', [pod('1', needs(600))]);
    const two = node('two', 'small', [pod('2', needs(600))]);
    expect(Object.keys(removals({ maxDrainParallelism: 10 }, [busy, one, two]))).toHaveLength(1);
  });

  test('nothing goes within ten minutes of nodes that were added', () => {
    const scaler = autoscaler();
    const pools = [pool('small', 2), pool('large', 16)];
    const pending = [pod('big', needs(9000))];
    const removedAt: number[] = [];
    for (let second = 0; second <= 1300; second += 10) {
      const proposal = scaler.decide(at(second, pools, [busy, empty], { pending: second === 400 ? pending : [] }));
      if (of(proposal, 'small').remove.length > 0) removedAt.push(second);
    }
    expect(removedAt[0]).toBe(1000);
  });
});
