import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Sketch } from '../../src/kernel/sketch.js';

/** Whole numbers of every size a latency can have, small ones as likely as large ones. */
const value = fc
  .tuple(fc.integer({ min: 0, max: 46 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([octave, share]) => {
    return Math.floor(2 ** octave * (1 + share));
  });
const values = fc.array(value, { minLength: 1, maxLength: 300 });

function sketchOf(numbers: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const number of numbers) sketch.add(number);
  return sketch;
}

function exact(numbers: readonly number[], p: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(p * sorted.length)) - 1];
}

const levels = [0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

describe('Sketch', () => {
  test('quantiles are within 0.4% of the exact ones, and exact below 256', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const sketch = sketchOf(numbers);
        for (const p of levels) {
          const right = exact(numbers, p);
          const error = Math.abs(sketch.quantile(p)! - right);
          expect(error).toBeLessThanOrEqual(right < 256 ? 0 : 0.004 * right);
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test('keeps its bound where the width of buckets changes', () => {
    for (let octave = 8; octave <= 47; octave += 1) {
      for (const edge of [2 ** octave - 1, 2 ** octave, 2 ** octave + 1].filter((one) => one <= 2 ** 47)) {
        const sketch = sketchOf([0, edge, 2 ** 47]);
        expect(Math.abs(sketch.quantile(0.5)! - edge)).toBeLessThanOrEqual(edge < 256 ? 0 : 0.004 * edge);
      }
    }
  });

  test('count, sum, mean and extremes are exact', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const sketch = sketchOf(numbers);
        const sum = numbers.reduce((total, number) => total + number, 0);
        expect([sketch.count, sketch.sum, sketch.min, sketch.max]).toEqual([
          numbers.length,
          sum,
          Math.min(...numbers),
          Math.max(...numbers),
        ]);
        expect(sketch.mean()).toBe(sum / numbers.length);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  test('merging is adding: neither order nor division shows', () => {
    fc.assert(
      fc.property(values, values, (some, others) => {
        const merged = sketchOf(some);
        merged.merge(sketchOf(others));
        const together = sketchOf([...others, ...some]);
        expect(levels.map((p) => merged.quantile(p))).toEqual(levels.map((p) => together.quantile(p)));
        expect([merged.count, merged.sum, merged.min, merged.max]).toEqual([
          together.count,
          together.sum,
          together.min,
          together.max,
        ]);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  test('is empty at first and after clear', () => {
    const sketch = new Sketch();
    expect([sketch.mean(), sketch.quantile(0.5), sketch.count]).toEqual([null, null, 0]);
    fc.assert(
      fc.property(values, values, (some, others) => {
        const used = sketchOf(some);
        used.clear();
        expect(used.quantile(0.5)).toBeNull();
        for (const number of others) used.add(number);
        expect(levels.map((p) => used.quantile(p))).toEqual(levels.map((p) => sketchOf(others).quantile(p)));
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});
