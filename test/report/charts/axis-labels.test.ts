import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationTicks, valueLabel } from '../../../src/report/charts/axis-labels.js';

describe('axis labels', () => {
  test.each([
    [1_140_000, 300_000, ' min'],
    [1_800_000, 300_000, ' min'],
    [7_000, 2_000, ' s'],
    [120_000, 30_000, ' s'],
    [430, 100, ' ms'],
    [50 * 3_600_000, 12 * 3_600_000, ' h'],
    [9 * 86_400_000, 2 * 86_400_000, ' d'],
  ])('durations to %d ms have a tick every %d ms, in%s', (high, step, unit) => {
    const { values, labelExpr } = durationTicks(high);
    expect(values[1] - values[0]).toBe(step);
    expect(labelExpr).toContain(`'${unit}'`);
  });

  test('ticks of durations start at 0, reach the highest value, and are few', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (high) => {
        const { values } = durationTicks(high);
        expect(values[0]).toBe(0);
        expect(values[values.length - 1]).toBeGreaterThanOrEqual(high);
        expect(values[values.length - 2]).toBeLessThan(high);
        expect(values.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  test.each([
    ['usd', 1.3, '$,.2f'],
    ['usdPerHour', 5, '$,.2f'],
    ['usd', 700, '$,~f'],
    ['usd', 0.004, '$,~f'],
  ] as const)('%s up to %d is written as %s', (unit, high, format) => {
    expect(valueLabel(unit, high)).toBe(`format(datum.value, '${format}')`);
  });

  test('thousands have a letter on all ticks of an axis or on none', () => {
    for (const unit of ['rate', 'count', 'amount'] as const) {
      expect(valueLabel(unit, 9000)).not.toContain('~s');
      expect(valueLabel(unit, 10_000)).toContain(`datum.value >= 1e3 ? format(datum.value, '~s')`);
    }
  });

  test('ticks of latencies name their unit', () => {
    expect(valueLabel('milliseconds', 5)).toContain(`' ms'`);
    expect(valueLabel('milliseconds', 5)).toContain(`' s'`);
  });
});
