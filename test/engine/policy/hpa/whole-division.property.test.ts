import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divideTruncated, percentTruncated } from '../../../../src/engine/policy/hpa/whole-division.js';

const settings = { seed: 20_261, numRuns: 2000 };
const whole = fc.maxSafeInteger();
const divisor = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

test('quotients are those of whole numbers, towards zero', () => {
  fc.assert(
    fc.property(whole, divisor, (a, b) => divideTruncated(a, b) === Number(BigInt(a) / BigInt(b)) + 0),
    settings,
  );
});

test('percentages are those of whole numbers, also where a hundredfold passes 2^53', () => {
  fc.assert(
    fc.property(divisor, fc.integer({ min: 0, max: 300 }), fc.integer({ min: -1, max: 1 }), (by, percent, off) => {
      // As near to a whole percentage as can be, since that is where a double tips over.
      const part = Number((BigInt(by) * BigInt(percent)) / 100n) + off;
      fc.pre(Number.isSafeInteger(part));
      expect(percentTruncated(part, by)).toBe(Number((BigInt(part) * 100n) / BigInt(by)) + 0);
    }),
    settings,
  );
});

test('nothing but numbers come out of numbers that are none', () => {
  expect(percentTruncated(Infinity, 5)).toBe(Infinity);
  expect(divideTruncated(NaN, 5)).toBeNaN();
});
