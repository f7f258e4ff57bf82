import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillByWeight } from '../../../src/sim/requests/fill-by-weight.js';

const contender = fc.record({
  want: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 16, noNaN: true })),
  weight: fc.integer({ min: 1, max: 10_000 }),
});

test('all is given that is wanted, nobody has more than it wants, and who has less has as much for its weight as any other', () => {
  // One array for all calls, as on a node on which pods come and go.
  const shares: number[] = [];
  fc.assert(
    fc.property(fc.array(contender, { maxLength: 12 }), fc.integer({ min: 1, max: 32 }), (all, cores) => {
      const wants = all.map(({ want }) => want);
      const weights = all.map(({ weight }) => weight);
      fillByWeight(cores, wants, weights, shares);
      expect(shares).toHaveLength(all.length);
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      expect(sum(shares)).toBeCloseTo(Math.min(cores, sum(wants)), 9);
      const levels = shares.map((share, i) => share / weights[i]);
      shares.forEach((share, i) => {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(wants[i] * (1 + 1e-12));
        if (share < wants[i] * (1 - 1e-9)) expect(levels[i]).toBeGreaterThanOrEqual(Math.max(...levels) * (1 - 1e-9));
      });
    }),
    { seed: 76, numRuns: 500 },
  );
});
