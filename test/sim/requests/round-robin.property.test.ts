import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RoundRobin } from '../../../src/sim/requests/round-robin.js';

const weights = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 8 });

describe('RoundRobin', () => {
  test('every round of turns gives each endpoint as many as its weight, and repeats', () => {
    fc.assert(
      fc.property(
        weights.filter((all) => all.some((weight) => weight > 0)),
        (all) => {
          const balancer = new RoundRobin();
          balancer.route(all.map((weight, i) => ({ station: 100 + i, weight })));
          const round = all.reduce((sum, weight) => sum + weight, 0);
          const turns = Array.from({ length: 2 * round }, () => balancer.pick());
          const counts = all.map((_, i) => turns.slice(0, round).filter((station) => station === 100 + i).length);
          expect(counts).toEqual(all);
          expect(turns.slice(round)).toEqual(turns.slice(0, round));
        },
      ),
      { seed: 50, numRuns: 200 },
    );
  });

  test('the heavy endpoint never waits for two turns of a lighter one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 6 }), (heavy, light) => {
        const balancer = new RoundRobin();
        balancer.route([
          { station: 0, weight: heavy + light },
          { station: 1, weight: light },
        ]);
        const turns = Array.from({ length: 60 }, () => balancer.pick());
        expect(turns.findIndex((station, i) => i > 0 && station === 1 && turns[i - 1] === 1)).toBe(-1);
      }),
      { seed: 51, numRuns: 50 },
    );
  });

  test('goes on where it was when endpoints are replaced, and survives their loss', () => {
    const balancer = new RoundRobin();
    const even = (stations: readonly number[]) => stations.map((station) => ({ station, weight: 2 }));
    balancer.route(even([1, 2, 3]));
    expect([balancer.pick(), balancer.pick()]).toEqual([1, 2]);
    balancer.route(even([1, 2, 3, 4]));
    expect([balancer.pick(), balancer.pick(), balancer.pick()]).toEqual([3, 4, 1]);
    balancer.route([{ station: 1, weight: 0 }]);
    expect(balancer.pick()).toBe(-1);
    balancer.route(even([8]));
    expect([balancer.pick(), balancer.pick()]).toEqual([8, 8]);
  });
});
