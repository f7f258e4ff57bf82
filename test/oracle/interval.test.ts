import { describe, expect, test } from 'vitest';
import { KeyedRandom } from '../../src/kernel/random.js';
import { normalQuantile } from '../../src/kernel/distributions.js';
import { controlledInterval } from './interval.js';
import { studentQuantile } from './student.js';

describe('intervals', () => {
  test("Student's quantiles agree with the tables", () => {
    expect(studentQuantile(0.95, 10)).toBeCloseTo(2.2281, 4);
    expect(studentQuantile(0.99, 1)).toBeCloseTo(63.657, 3);
    expect(studentQuantile(0.999, 30)).toBeCloseTo(3.646, 3);
  });

  test('an interval without controls is worked by hand', () => {
    const { estimate, halfWidth } = controlledInterval([1, 2, 3, 4, 5]);
    expect(estimate).toBe(3);
    expect(halfWidth).toBeCloseTo(studentQuantile(0.9999, 4) * Math.sqrt(2.5 / 5), 10);
  });

  test('an interval with one control is worked by hand', () => {
    // Slope 4 / 5, residuals 0.2, -0.6, 0.6, -0.2 with squares 0.8, two degrees of freedom, the control 0.5 above its expectation.
    const { estimate, halfWidth } = controlledInterval([1, 1, 3, 3], [{ batches: [1, 2, 3, 4], expected: 2 }]);
    expect(estimate).toBeCloseTo(2 - 0.8 * 0.5, 12);
    expect(halfWidth).toBeCloseTo(studentQuantile(0.9999, 2) * Math.sqrt((0.8 / 2) * (1 / 4 + 0.25 / 5)), 10);
  });

  test('controls that explain everything leave what their expectations say', () => {
    const a = { batches: [1, 2, 3, 4, 7], expected: 3 };
    const b = { batches: [2, 1, 2, 5, 4], expected: 1 };
    const batches = a.batches.map((value, i) => 5 + 2 * value - b.batches[i]);
    const { estimate, halfWidth } = controlledInterval(batches, [a, b]);
    expect(estimate).toBeCloseTo(5 + 2 * 3 - 1, 10);
    expect(halfWidth).toBeCloseTo(0, 6);
  });

  test('a control that repeats another, and one that never moves, change nothing', () => {
    const a = { batches: [1, 2, 3, 4, 7], expected: 3 };
    const twice = { batches: a.batches.map((value) => 2 * value), expected: 6 };
    const still = { batches: [1, 1, 1, 1, 1], expected: 1 };
    const batches = [3, 1, 4, 1, 5];
    expect(controlledInterval(batches, [a, twice, still])).toEqual(controlledInterval(batches, [a]));
  });

  test('over two thousand samples, the errors lie in the interval as Student has it', () => {
    const random = new KeyedRandom(5, 7);
    const ratios = Array.from({ length: 2_000 }, (_, sample) => {
      const normal = (i: number, salt: number): number => normalQuantile(random.uniform(sample * 64 + i, salt));
      const control = Array.from({ length: 64 }, (__, i) => 10 + normal(i, 1));
      const batches = control.map((value, i) => 3 + 2 * (value - 10) + 0.5 * normal(i, 2));
      const { estimate, halfWidth } = controlledInterval(batches, [{ batches: control, expected: 10 }]);
      return (estimate - 3) / halfWidth;
    });
    const outside = (share: number): number => ratios.filter((ratio) => Math.abs(ratio) > share).length / ratios.length;
    const tail = studentQuantile(0.9999, 62);
    expect(outside(studentQuantile(0.9, 62) / tail)).toBeGreaterThan(0.08);
    expect(outside(studentQuantile(0.9, 62) / tail)).toBeLessThan(0.12);
    expect(outside(1)).toBeLessThan(0.002);
  });
});
