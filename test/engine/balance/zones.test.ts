import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightsByZone } from '../../../src/engine/balance/weights-by-zone.js';
import { zoneAllocations } from '../../../src/engine/balance/zone-allocations.js';
import { zoneHints } from '../../../src/engine/balance/zone-hints.js';
import { workload } from '../fixture.js';
import { input, pod } from './pods.js';

function endpoints(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).flatMap(([zone, count]) =>
    Array.from({ length: count }, (_, i) => ({ name: `${zone}${i}`, zone })),
  );
}

function hinted(counts: Readonly<Record<string, number>>, cpu: Readonly<Record<string, number>>) {
  const all = endpoints(counts);
  const allocations = zoneAllocations(new Map(Object.entries(cpu)), all.length, 0.2);
  if (typeof allocations === 'string') return allocations;
  const hints = Object.values(zoneHints(all, allocations));
  return Object.fromEntries(Object.keys(cpu).map((zone) => [zone, hints.filter((hint) => hint === zone).length]));
}

describe('endpoints for the callers of each zone', () => {
  test('stay in their zones where CPU is as they are', () => {
    expect(hinted({ a: 3, b: 3, c: 3 }, { a: 4, b: 4, c: 4 })).toEqual({ a: 3, b: 3, c: 3 });
  });

  test('go from zones with too many to zones with too few', () => {
    // Half of the CPU is in a: it is to have 4.5 of 9, and b and c 2.25. It lacks 3.5, they have 1.75 too many each: b gives one, c one, b
    // one more (0.75 to give, 1.5 to take); then nobody has a whole one to give or to take.
    expect(hinted({ a: 1, b: 4, c: 4 }, { a: 8, b: 4, c: 4 })).toEqual({ a: 4, b: 2, c: 3 });
    expect(hinted({ a: 0, b: 6 }, { a: 4, b: 4 })).toEqual({ a: 3, b: 3 });
  });

  test('are not given to zones where a zone had none, or too much of the load for what can be spared', () => {
    expect(hinted({ a: 1, b: 1 }, { a: 1, b: 1, c: 1 })).toBe('too-few-endpoints');
    expect(hinted({ a: 3 }, { a: 1 })).toBe('one-zone');
    // Shares of 4/3 mean a minimum of ceil(4/3 / 1.2) = 2 each, six of four.
    expect(hinted({ a: 2, b: 1, c: 1 }, { a: 1, b: 1, c: 1 })).toBe('overload-threshold');
  });

  test('are all there, and every zone has at least its minimum', () => {
    const zone = fc.integer({ min: 0, max: 12 });
    const cpu = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(fc.tuple(zone, zone, zone), fc.tuple(cpu, cpu, cpu), ([a, b, c], [x, y, z]) => {
        const all = endpoints({ a, b, c });
        const allocations = zoneAllocations(new Map(Object.entries({ a: x, b: y, c: z })), all.length, 0.2);
        if (typeof allocations === 'string') return;
        const hints = zoneHints(all, allocations);
        expect(Object.keys(hints)).toHaveLength(all.length);
        for (const [name, { minimum }] of allocations) {
          expect(Object.values(hints).filter((hint) => hint === name).length).toBeGreaterThanOrEqual(minimum - 1);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('weights by zone', () => {
  const policy = weightsByZone.create(weightsByZone.schema.parse({}), workload());
  const zones = new Map([
    ['a', 4000],
    ['b', 4000],
  ]);
  const pods = [pod('p', { zone: 'a' }), pod('q', { zone: 'a' }), pod('r', { zone: 'b' }), pod('s', { zone: 'b' })];

  test('hint, hold hints that still serve, and take them away where a pod stands nowhere', () => {
    const first = policy.decide(input(15, pods, { zones }));
    expect(first).toMatchObject({
      split: { by: 'zone', hints: { p: 'a', q: 'a', r: 'b', s: 'b' } },
      reason: 'rebalanced',
    });
    const { split } = first;
    expect(policy.decide(input(30, pods, { zones, split }))).toMatchObject({ split, reason: 'balanced' });
    const lost = [...pods.slice(0, 3), pod('s')];
    expect(policy.decide(input(45, lost, { zones, split }))).toMatchObject({
      split: { by: 'zone', hints: {} },
      reason: 'no-zone',
    });
  });
});
