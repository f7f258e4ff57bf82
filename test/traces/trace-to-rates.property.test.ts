import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedCount } from '../domain/expected-count.js';
import type { RateSeries } from '../../src/domain/rate-series.js';
import { multiplyRates, sumRates } from '../../src/traces/combine-rates.js';
import { resampleRates } from '../../src/traces/resample-rates.js';
import { sliceRates } from '../../src/traces/slice-rates.js';
import { traceToRates } from '../../src/traces/trace-to-rates.js';
import type { Trace, TraceUnit } from '../../src/traces/trace.js';

const run = { seed: 5, numRuns: 200 };
const amounts = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 40 });
const bin = fc.integer({ min: 1, max: 5_000_000 });

function traceOf(values: readonly number[], binMicros: number, unit: TraceUnit = 'requests'): Trace {
  return {
    name: 'made.csv',
    startEpochMicros: null,
    binMicros,
    timesMicros: Float64Array.from(values, (_, i) => i * binMicros),
    values: Float64Array.from(values),
    unit,
    rows: values.length,
    gaps: 0,
    repaired: 0,
    notes: [],
    sha256: '',
  };
}

function mass(series: RateSeries): number {
  return series.ratePerSecond.reduce((sum, _, i) => sum + expectedCount(series, i), 0);
}

function expectSound(series: RateSeries): void {
  expect(series.edgesMicros.length).toBe(series.ratePerSecond.length + 1);
  expect(series.edgesMicros[0]).toBe(0);
  expect(
    series.edgesMicros.every((edge, i) => Number.isInteger(edge) && (i === 0 || edge > series.edgesMicros[i - 1])),
  ).toBe(true);
  expect(series.ratePerSecond.every((rate) => Number.isFinite(rate) && rate >= 0)).toBe(true);
}

const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));

describe('a trace as offered load', () => {
  it('conserves requests, times scale, times repeat', () => {
    fc.assert(
      fc.property(
        amounts,
        bin,
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.integer({ min: 1, max: 4 }),
        (values, binMicros, scale, repeat) => {
          const series = traceToRates(traceOf(values, binMicros), { scale, repeat });
          expectSound(series);
          close(mass(series), values.reduce((sum, value) => sum + value, 0) * scale * repeat);
          expect(series.edgesMicros.at(-1)).toBe(values.length * binMicros * repeat);
        },
      ),
      run,
    );
  });

  it('loses nothing where it is cut in two', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.integer({ min: 2, max: 5_000_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (values, binMicros, where) => {
          const trace = traceOf(values, binMicros);
          const end = values.length * binMicros;
          const cut = Math.min(end - 1, Math.max(1, Math.round(where * end)));
          const head = traceToRates(trace, { lengthMicros: cut });
          const tail = traceToRates(trace, { fromMicros: cut });
          expectSound(head);
          expectSound(tail);
          close(mass(head) + mass(tail), mass(traceToRates(trace)));
        },
      ),
      run,
    );
  });

  it('keeps rates as they are where the trace holds rates', () => {
    expect([...traceToRates(traceOf([3, 4], 2e6, 'requests/s')).ratePerSecond]).toEqual([3, 4]);
    expect([...traceToRates(traceOf([3, 4], 2e6)).ratePerSecond]).toEqual([1.5, 2]);
  });

  it.each([
    [{ fromMicros: 120e6 }, 'from must be within the trace, was 120 s'],
    [{ fromMicros: -1 }, 'from must be within the trace'],
    [{ lengthMicros: 0 }, 'length must be above 0, was 0 s'],
    [{ fromMicros: 60e6, lengthMicros: 61e6 }, 'length must end within the trace, ended at 121 s'],
    [{ scale: 0 }, 'scale must be a factor above 0, was 0'],
    [{ scale: Infinity }, 'scale must be a factor above 0, was Infinity'],
    [{ repeat: 1.5 }, 'repeat must be a whole number of at least 1, was 1.5'],
  ])('refuses %o', (slice, message) => {
    expect(() => traceToRates(traceOf([1, 2], 60e6), slice)).toThrow(message);
  });

  it('refuses to replay a level', () => {
    expect(() => traceToRates(traceOf([1, 2], 60e6, 'level'))).toThrow(
      'must count requests to become traffic, was a level',
    );
  });
});

describe('series arithmetic', () => {
  const pair = fc.tuple(amounts, amounts).map(([a, b]) => {
    const binA = b.length * 1000;
    const binB = a.length * 1000;
    return [traceToRates(traceOf(a, binA, 'requests/s')), traceToRates(traceOf(b, binB, 'requests/s'))] as const;
  });

  it('adds masses and multiplies values over the edges of both', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const sum = sumRates(a, b);
        expectSound(sum);
        close(mass(sum), mass(a) + mass(b));
        const product = multiplyRates(a, b);
        expectSound(product);
        const at = (series: RateSeries, instant: number) => sliceRates(series, instant, instant + 1).ratePerSecond[0];
        for (const edge of product.edgesMicros.slice(0, -1)) close(at(product, edge), at(a, edge) * at(b, edge));
      }),
      run,
    );
  });

  it('keeps the mass when bins change', () => {
    fc.assert(
      fc.property(amounts, bin, bin, (values, from, to) => {
        const series = traceToRates(traceOf(values, from));
        const coarse = resampleRates(series, Math.max(to, Math.ceil((values.length * from) / 1000)));
        expectSound(coarse);
        close(mass(coarse), mass(series));
      }),
      run,
    );
  });

  it('refuses series of different lengths', () => {
    expect(() => sumRates(traceToRates(traceOf([1], 10)), traceToRates(traceOf([1], 20)))).toThrow('different lengths');
  });
});
