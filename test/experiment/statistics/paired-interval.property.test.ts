import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairedInterval } from '../../../src/experiment/statistics/paired-interval.js';
import { studentQuantile } from '../../../src/experiment/statistics/student-quantile.js';
import { KeyedRandom } from '../../../src/kernel/random.js';
import { studentQuantile as byIncompleteBeta } from '../../oracle/student.js';

describe("Student's quantile", () => {
  test.each([
    [0.95, 1, 12.7062],
    [0.95, 2, 4.30265],
    [0.95, 9, 2.26216],
    [0.99, 4, 4.60409],
    [0.95, 30, 2.04227],
  ])('is that of the tables: %d with %d degrees is %d', (confidence, degrees, quantile) => {
    expect(studentQuantile(confidence, degrees)).toBeCloseTo(quantile, 4);
  });

  test('agrees with the incomplete beta function', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0.5, max: 0.999, noNaN: true }), (degrees, of) => {
        const expected = byIncompleteBeta(of, degrees);
        expect(Math.abs(studentQuantile(of, degrees) / expected - 1)).toBeLessThan(1e-7);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('the interval of paired differences', () => {
  test('holds the true mean in 95 of 100 cases, also with few pairs', () => {
    const random = new KeyedRandom(3, 1);
    // Box and Muller.
    const normal = (i: number, salt: number): number =>
      Math.sqrt(-2 * Math.log(1 - random.uniform(i, salt))) * Math.cos(2 * Math.PI * random.uniform(i, salt + 100));
    const cases = 4000;
    for (const n of [2, 3, 8]) {
      let held = 0;
      for (let i = 0; i < cases; i += 1) {
        const differences = Array.from({ length: n }, (_, j) => 7 + 3 * normal(i * 100 + j, n));
        const interval = pairedInterval(differences);
        if (interval !== null && interval.low <= 7 && interval.high >= 7) held += 1;
      }
      // Four standard errors of a share of 0.95 in 4000 cases are 0.014.
      expect(Math.abs(held / cases - 0.95), `n = ${n}`).toBeLessThan(0.014);
    }
  });

  test('one difference has no spread; equal ones have none either', () => {
    expect(pairedInterval([3])).toBeNull();
    expect(pairedInterval([])).toBeNull();
    expect(pairedInterval([3, 3, 3])).toEqual({ mean: 3, low: 3, high: 3 });
  });

  test('moves and stretches with its differences', () => {
    const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: -50, max: 50 }), (differences, by) => {
        const [plain, moved] = [pairedInterval(differences), pairedInterval(differences.map((value) => value + by))];
        expect(moved?.low).toBeCloseTo((plain?.low ?? NaN) + by, 6);
        expect(moved?.high).toBeCloseTo((plain?.high ?? NaN) + by, 6);
      }),
      { seed: 6 },
    );
  });
});
