import { describe, expect, test } from 'vitest';
import { Karpenter } from '../../../../src/engine/allocate/karpenter/karpenter.js';
import { zKarpenter } from '../../../../src/engine/allocate/karpenter/settings.js';
import type { ScalableNode, ScalablePool } from '../../../../src/engine/ports/scaling-input.js';
import { seconds } from '../../../../src/kernel/micros.js';
import { needs, pod, pods } from '../../../domain/scheduling/fixture.js';
import { at, node, of, pool } from '../node-scaling/fixture.js';

const karpenter = (settings: object = {}) =>
  new Karpenter(zKarpenter.parse({ budgets: [{ nodes: '100%' }], ...settings }));
const pools = [pool('small', 2), pool('large', 8)];

/** Nodes removed at each of some seconds, of all pools. */
function removals(
  scaler: Karpenter,
  nodes: readonly ScalableNode[],
  when: readonly number[],
  offers: readonly ScalablePool[] = pools,
) {
  return when.map((second) => scaler.decide(at(second, offers, nodes)).pools.flatMap(({ remove }) => remove));
}

describe('provisioning', () => {
  test('pods share the cheapest node that holds them, growing with them', () => {
    const proposal = karpenter().decide(at(0, pools, [], { pending: pods(6, needs(1000)) }));
    expect([of(proposal, 'small').desired, of(proposal, 'large').desired]).toEqual([0, 1]);
    const one = karpenter().decide(at(0, pools, [], { pending: pods(1, needs(1000)) }));
    expect([of(one, 'small').desired, of(one, 'large').desired]).toEqual([1, 0]);
  });

  test('an offer that gave nothing is not asked again for three minutes', () => {
    const scaler = karpenter();
    const asked = [pool('small', 2, { specNodes: 1 }), pool('large', 8)];
    const pending = pods(1, needs(1000));
    const failures = [{ pool: 'small', at: seconds(10), nodes: 1, reason: 'InsufficientInstanceCapacity' }];
    expect(of(scaler.decide(at(10, asked, [], { pending, failures })), 'large').desired).toBe(1);
    expect(of(scaler.decide(at(189, pools, [], { pending })), 'small').desired).toBe(0);
    expect(of(scaler.decide(at(190, pools, [], { pending })), 'small').desired).toBe(1);
  });
});

describe('consolidation', () => {
  const half = (name: string) => node(name, 'small', [pod(`${name}-p`, needs(600))]);

  test('empty nodes go once they have been seen so for 15 seconds, as far as budgets and minimum allow', () => {
    const empty = ['a', 'b', 'c', 'd'].map((name) => node(name, 'small'));
    expect(removals(karpenter(), empty, [0, 10, 15])).toEqual([[], [], ['a', 'b', 'c', 'd']]);
    expect(removals(karpenter({ budgets: [{ nodes: '30%' }] }), empty, [0, 15])).toEqual([[], ['a', 'b']]);
    expect(removals(karpenter(), empty, [0, 15], [pool('small', 2, { minNodes: 3 })])).toEqual([[], ['a']]);
    expect(removals(karpenter({ budgets: [{ nodes: 0 }] }), empty, [0, 15, 30])).toEqual([[], [], []]);
    expect(removals(karpenter({ consolidateAfter: '1m' }), empty, [0, 59, 60, 75])).toEqual([
      [],
      [],
      [],
      ['a', 'b', 'c', 'd'],
    ]);
    expect(removals(karpenter({ consolidateAfter: null }), empty, [0, 60, 120])).toEqual([[], [], []]);
  });

  test('budgets are for reasons, and for times', () => {
    const empty = [node('a', 'small')];
    const budget = (more: object) => removals(karpenter({ budgets: [{ nodes: 0, ...more }] }), empty, [0, 15]).flat();
    expect(budget({ reasons: ['Underutilized'] })).toEqual(['a']);
    expect(budget({ schedule: '0 0 * * *', duration: '8h' })).toEqual([]);
    expect(budget({ schedule: '0 9 * * *', duration: '8h' })).toEqual(['a']);
  });

  test('nodes whose pods fit elsewhere go together, one stays', () => {
    const nodes = [half('a'), half('b'), half('c')];
    expect(removals(karpenter(), nodes, [0, 15])[1]).toEqual(['a', 'b']);
    expect(removals(karpenter({ consolidationPolicy: 'WhenEmpty' }), nodes, [0, 15])[1]).toEqual([]);
  });

  test('a node that is too dear is replaced: the new one comes first', () => {
    const scaler = karpenter();
    const old = node('old', 'large', [pod('p', needs(1000))]);
    scaler.decide(at(0, pools, [old]));
    const launched = scaler.decide(at(15, pools, [old]));
    expect([of(launched, 'small').desired, of(launched, 'large').remove]).toEqual([1, []]);
    expect(launched.cordon).toEqual(['old']);
    const coming = node('new', 'small', [], { launchedAt: seconds(15), readyAt: null });
    expect(of(scaler.decide(at(30, pools, [old, coming])), 'large').remove).toEqual([]);
    const up = { ...coming, readyAt: seconds(60) };
    const done = scaler.decide(at(60, pools, [old, up]));
    expect(of(done, 'large')).toMatchObject({ desired: 0, remove: ['old'], reason: 'consolidation' });
    expect(of(done, 'small')).toMatchObject({ desired: 1, remove: [] });
  });

  test('spot is for spot only by the gate and with 15 cheaper types', () => {
    const spot = (cores: number, price: number) =>
      pool(`spot-${cores}`, cores, { capacityType: 'spot', pricePerHour: price, instanceType: `t${cores}` });
    const offers = Array.from({ length: 16 }, (_, i) => spot(2 + i, 0.01 * (i + 1)));
    const nodes = [node('old', 'spot-17', [pod('p', needs(1000))])];
    const grows = (settings: object, some: readonly ScalablePool[]) => {
      const scaler = karpenter(settings);
      scaler.decide(at(0, some, nodes));
      return scaler
        .decide(at(15, some, nodes))
        .pools.filter(({ pool: name, desired }) => desired > (name === 'spot-17' ? 1 : 0)).length;
    };
    expect(grows({}, offers)).toBe(0);
    expect(grows({ spotToSpotConsolidation: true }, offers)).toBe(1);
    expect(grows({ spotToSpotConsolidation: true }, offers.slice(1))).toBe(0);
  });

  test('under Balanced little savings for much disruption are left alone', () => {
    const crowded = node('crowded', 'small', pods(20, needs(10), 'c'));
    const others = [node('o1', 'small', pods(1, needs(1900), 'x')), node('o2', 'small', pods(1, needs(1900), 'y'))];
    expect(removals(karpenter(), [crowded, ...others], [0, 15])[1]).toEqual(['crowded']);
    expect(removals(karpenter({ consolidationPolicy: 'Balanced' }), [crowded, ...others], [0, 15])[1]).toEqual([]);
  });

  test('what is no longer right after 15 seconds is not done', () => {
    const scaler = karpenter();
    scaler.decide(at(0, pools, [node('a', 'small')]));
    expect(of(scaler.decide(at(15, pools, [half('a')])), 'small').remove).toEqual([]);
  });
});

test('nodes that are too old go, and their pods get another', () => {
  const old = node('old', 'small', [pod('p', needs(1000))]);
  const proposal = karpenter({ expireAfter: '1h' }).decide(at(3600, pools, [old]));
  expect(of(proposal, 'small')).toMatchObject({ desired: 1, remove: ['old'] });
  const kept = karpenter({ expireAfter: '1h' }).decide(
    at(3600, [pool('small', 2, { minNodes: 1 })], [node('old', 'small')]),
  );
  expect(of(kept, 'small')).toMatchObject({ desired: 1, remove: ['old'], reason: 'expired' });
});
