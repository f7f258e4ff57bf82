import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairLevel } from '../../../src/sim/images/fair-level.js';

const amount = fc.integer({ min: 1, max: 1000 });

test('nobody is above the level or their own limit, and nothing is left over that somebody could use', () => {
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), amount, (limits, capacity) => {
      const level = fairLevel(limits, capacity);
      const used = limits.reduce((sum, limit) => sum + Math.min(limit, level), 0);
      const wanted = limits.reduce((sum, limit) => sum + limit, 0);
      expect(used).toBeCloseTo(Math.min(wanted, capacity), 6);
      expect(level === Infinity).toBe(wanted <= capacity);
    }),
    { seed: 4711, numRuns: 500 },
  );
});

test('worked by hand: two small flows keep what they need, two large ones share the rest', () => {
  expect(fairLevel([1, 10, 2, 10], 9)).toBe(3);
  expect(fairLevel([5, 5], 10)).toBe(Infinity);
});
