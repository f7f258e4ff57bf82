import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrivalProcess } from '../../src/domain/arrival-process.js';
import type { RateSeries } from '../../src/domain/rate-series.js';
import type { ArrivalModel } from '../../src/domain/traffic-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { chiSquaredScore } from '../kernel/chi-squared.js';
import { expectedCount } from './expected-count.js';

/** All instants, read in blocks of a given size. */
function instants(model: ArrivalModel, series: RateSeries, block = 256, seed = 1): number[] {
  const process = arrivalProcess(model, series, new Streams(seed).stream('arrivals', 'web'));
  const out = new Float64Array(block);
  const all: number[] = [];
  for (let filled = process.fill(out); filled > 0; filled = process.fill(out)) all.push(...out.subarray(0, filled));
  return all;
}

function series(bins: readonly (readonly [lengthMicros: number, perSecond: number])[], start = 0): RateSeries {
  const edges = [start];
  for (const [length] of bins) edges.push(edges[edges.length - 1] + length);
  return { edgesMicros: Float64Array.from(edges), ratePerSecond: Float64Array.from(bins, ([, rate]) => rate) };
}

/** How many instants fall into each bin. */
function counts({ edgesMicros }: RateSeries, at: readonly number[]): number[] {
  return Array.from({ length: edgesMicros.length - 1 }, (_, i) => {
    return at.filter((instant) => instant >= edgesMicros[i] && instant < edgesMicros[i + 1]).length;
  });
}

const bins = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 5_000_000 }),
    fc.oneof(fc.constant(0), fc.double({ min: 0, max: 60, noNaN: true })),
  ),
  { minLength: 1, maxLength: 12 },
);
const models = [
  'poisson',
  'exact-count',
  'uniform',
  'interpolated',
  { kind: 'gamma', cv: 1.7 },
  { kind: 'gamma', cv: 0.3 },
  { kind: 'mmpp', ratio: 6, burstMicros: micros(400_000), share: 0.2 },
] as const;

describe('arrivalProcess', () => {
  test.each(models)('%j: whole microseconds in order, inside the series, whatever the block', (model) => {
    fc.assert(
      fc.property(bins, fc.integer({ min: 1, max: 40 }), fc.integer({ min: -1e6, max: 1e6 }), (parts, block, start) => {
        const rates = series(parts, start);
        const all = instants(model, rates);
        expect(all.every((instant, i) => Number.isInteger(instant) && (i === 0 || instant >= all[i - 1]))).toBe(true);
        const end = rates.edgesMicros[parts.length];
        expect(all.every((instant) => instant >= start && instant <= end)).toBe(true);
        expect(instants(model, rates, block)).toEqual(all);
      }),
      { seed: 21, numRuns: 100 },
    );
  });

  test.each(['exact-count', 'uniform'] as const)('%s: each bin holds its count, the fraction carried', (model) => {
    fc.assert(
      fc.property(bins, (parts) => {
        const rates = series(parts);
        const all = instants(model, rates);
        let expected = 0;
        let before = 0;
        for (let i = 0; i < parts.length; i += 1) {
          expected += expectedCount(rates, i);
          const after = Math.floor(expected + 1e-6);
          // An instant may be rounded onto either edge of its bin.
          const [from, to] = rates.edgesMicros.subarray(i, i + 2);
          expect(all.slice(before, after).every((instant) => instant >= from && instant <= to)).toBe(true);
          before = after;
        }
        expect(all.length).toBe(before);
      }),
      { seed: 22, numRuns: 200 },
    );
  });

  test('exact-count fills each bin with its own count', () => {
    const rates = series([
      [10e6, 7.25],
      [10e6, 0],
      [10e6, 3],
      [10e6, 7.25],
    ]);
    expect(counts(rates, instants('exact-count', rates))).toEqual([72, 0, 30, 73]);
  });

  test('exact-count lays its instants uniformly', () => {
    const rates = series(Array.from({ length: 2000 }, () => [1e6, 50] as const));
    const cells = new Array<number>(100).fill(0);
    for (const instant of instants('exact-count', rates)) cells[Math.floor((instant % 1e6) / 1e4)] += 1;
    expect(
      Math.abs(
        chiSquaredScore(
          cells,
          cells.map(() => 1000),
        ),
      ),
    ).toBeLessThan(5);
  });

  test('uniform spaces them evenly, half a gap from the edges', () => {
    expect(instants('uniform', series([[1e6, 4]]))).toEqual([125_000, 375_000, 625_000, 875_000]);
    const carried = series(
      [
        [1e6, 1.5],
        [1e6, 1.5],
        [2e6, 0.75],
      ],
      100,
    );
    expect(instants('uniform', carried)).toEqual([500_100, 1_250_100, 1_750_100, 3_000_100]);
  });

  test('poisson counts have the mean and the variance of their bins', () => {
    const rates = series(Array.from({ length: 6000 }, (_, i) => [1e6, i % 2 === 0 ? 4 : 25] as const));
    const all = counted(rates, instants('poisson', rates));
    for (const [offset, rate] of [
      [0, 4],
      [1, 25],
    ] as const) {
      const of = all.filter((_, i) => i % 2 === offset);
      const mean = of.reduce((sum, count) => sum + count, 0) / of.length;
      const variance = of.reduce((sum, count) => sum + (count - mean) ** 2, 0) / of.length;
      expect(Math.abs(mean - rate)).toBeLessThan(4.5 * Math.sqrt(rate / of.length));
      expect(Math.abs(variance / rate - 1)).toBeLessThan(4.5 * Math.sqrt(2 / of.length) + 0.02);
    }
  });

  test('poisson gaps are exponential, also across edges', () => {
    const rates = series(Array.from({ length: 100_000 }, () => [1e5, 5] as const));
    const all = instants('poisson', rates);
    const cells = new Array<number>(50).fill(0);
    for (let i = 1; i < all.length; i += 1) {
      cells[Math.min(49, Math.floor((1 - Math.exp((-5 * (all[i] - all[i - 1])) / 1e6)) * 50))] += 1;
    }
    expect(
      Math.abs(
        chiSquaredScore(
          cells,
          cells.map(() => (all.length - 1) / 50),
        ),
      ),
    ).toBeLessThan(5);
  });

  test('the n-th gap is the same under any rate: a busier copy arrives sooner, request by request', () => {
    const calm = instants('poisson', series([[100e6, 5]]));
    const busy = instants('poisson', series([[100e6, 10]]));
    expect(calm.every((instant, i) => Math.abs(instant / 2 - busy[i]) <= 1)).toBe(true);
  });
});

/** Counts in bins of one second, in one pass. */
function counted({ ratePerSecond }: RateSeries, at: readonly number[]): number[] {
  const all = new Array<number>(ratePerSecond.length).fill(0);
  for (const instant of at) all[Math.min(all.length - 1, Math.floor(instant / 1e6))] += 1;
  return all;
}
