import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thin } from '../../../src/report/charts/thin.js';

const value = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);

describe('thinning', () => {
  test('keeps the number of points, the extremes and the order of time', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 60 }),
        (values, points) => {
          const times = values.map((_, index) => index * 10);
          const line = thin(times, values, 'linear', points);
          expect(line.seconds.length).toBeLessThanOrEqual(points);
          expect(line.seconds).toEqual([...line.seconds].sort((a, b) => a - b));
          const finite = values.filter(Number.isFinite);
          const known = (column: readonly (number | null)[]): number[] =>
            column.flatMap((cell) => (cell === null ? [] : [cell]));
          expect(Math.max(...known(line.high))).toBe(Math.max(...finite));
          expect(Math.min(...known(line.low))).toBe(Math.min(...finite));
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  test('a short line stays as it is, gaps included', () => {
    const line = thin([0, 10, 20], [1, NaN, 3], 'linear');
    expect(line).toEqual({ seconds: [0, 10, 20], value: [1, null, 3], low: [1, null, 3], high: [1, null, 3] });
  });

  test('a line that jumps takes the first value of a bucket, a smooth one the mean', () => {
    const times = [0, 10, 20, 30];
    expect(thin(times, [4, 6, 6, 8], 'step', 2).value).toEqual([4, 6]);
    expect(thin(times, [4, 6, 6, 8], 'linear', 2).value).toEqual([5, 7]);
  });
});
