import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPeriods } from '../../src/traces/find-periods.js';
import { fourier } from '../../src/traces/fourier.js';
import { inspectTrace } from '../../src/traces/inspect-trace.js';
import { readCsvTrace } from '../../src/traces/read-csv-trace.js';
import { sparkline } from '../../src/traces/sparkline.js';
import { worstGrowth } from '../../src/traces/worst-growth.js';
import { KeyedRandom } from '../../src/kernel/random.js';
import { traceFiles } from './trace-file.js';

const file = traceFiles();

it('the transform is the defining sum at every length', () => {
  const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 70 });
  fc.assert(
    fc.property(values, (items) => {
      const { re, im } = fourier(Float64Array.from(items));
      for (let k = 0; k < items.length; k += 1) {
        const angle = (n: number) => (-2 * Math.PI * k * n) / items.length;
        const sumRe = items.reduce((sum, value, n) => sum + value * Math.cos(angle(n)), 0);
        const sumIm = items.reduce((sum, value, n) => sum + value * Math.sin(angle(n)), 0);
        expect(Math.hypot(re[k] - sumRe, im[k] - sumIm)).toBeLessThan(1e-8);
      }
    }),
    { seed: 2, numRuns: 100 },
  );
});

describe('periods', () => {
  const wave = (count: number, step: number, ...waves: readonly (readonly [period: number, amplitude: number])[]) =>
    Float64Array.from({ length: count }, (_, i) =>
      waves.reduce(
        (sum, [period, amplitude]) => sum + amplitude * Math.cos((2 * Math.PI * i * step) / period + 1),
        100,
      ),
    );

  it('finds day and half-day with their shares of the variance', () => {
    const found = findPeriods(wave(14 * 288, 300, [86_400, 30], [43_200, 10]), 300);
    expect(found.map(({ seconds }) => seconds)).toEqual([86_400, 43_200]);
    expect(found[0].share).toBeCloseTo(0.9, 6);
    expect(found[1].share).toBeCloseTo(0.1, 6);
  });

  it('finds a day in a recording that ends in the middle of one, and a week in 46 days', () => {
    expect(findPeriods(wave(27 * 288 + 160, 300, [86_400, 30]), 300)[0]).toMatchObject({ seconds: 86_400 });
    const [week] = findPeriods(wave(46 * 24, 3600, [604_800, 30]), 3600);
    expect(week.seconds).toBe(604_800);
    expect(week.share).toBeGreaterThan(0.85);
  });

  it('names rhythms of no calendar by their length', () => {
    const found = findPeriods(wave(5000, 5, [287, 4]), 5);
    expect(Math.abs(found[0].seconds - 287)).toBeLessThanOrEqual(1);
  });

  it('finds none in noise or in a series that never changes', () => {
    const random = new KeyedRandom(1, 2);
    expect(
      findPeriods(
        Float64Array.from({ length: 4000 }, (_, i) => random.uniform(i)),
        60,
      ),
    ).toEqual([]);
    expect(findPeriods(new Float64Array(4000).fill(7.1), 60)).toEqual([]);
  });
});

describe('worst growth', () => {
  it('is the largest factor within the horizon', () => {
    const values = Float64Array.of(100, 120, 150, 250, 100, 100, 100, 300, 100);
    expect(worstGrowth(values, 300, 300)).toBe(3);
    expect(worstGrowth(values, 300, 1800)).toBe(2.5);
    expect(worstGrowth(values, 3600, 1800)).toBeNull();
  });

  it('is not the end of an outage, nor the ratio of two small counts', () => {
    expect(worstGrowth(Float64Array.of(100, 1, 100, 120), 300, 300)).toBe(1.2);
    const counts = Float64Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 1 : 9));
    expect(worstGrowth(counts, 10, 300)).toBe(1);
  });
});

it('draws a line of bars from nothing to the largest', () => {
  expect(sparkline(Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7))).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline(new Float64Array(1000).fill(3), 20)).toBe('█'.repeat(20));
  expect(sparkline(new Float64Array(5))).toBe('▁▁▁▁▁');
});

it('describes a trace by its contract', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => `${1_700_000_000 + i * 60 + (i >= 50 ? 120 : 0)},${i + 1}`);
  const path = file('ramp.csv', `timestamp,value\n${rows.join('\n')}\n`);
  const described = inspectTrace(await readCsvTrace(path, { name: 'ramp' }));
  expect(described).toMatchObject({
    name: 'ramp',
    unit: 'requests',
    rows: 100,
    start: '2023-11-14T22:13:20Z',
    end: '2023-11-14T23:55:20Z',
    lengthSeconds: 6120,
    stepSeconds: 60,
    gaps: 1,
    repaired: 2,
    max: 100,
  });
  expect(described.mean).toBeCloseTo((5050 + 50 + 1 / 3 + 50 + 2 / 3) / 102, 9);
  expect(described.p99).toBeCloseTo(98.99, 9);
  expect(described.peakToMean).toBeCloseTo(100 / described.mean, 9);
  expect(described.worstGrowth.m5).toBeCloseTo(8 / 3, 9);
});
