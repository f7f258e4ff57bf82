import { describe, expect, test } from 'vitest';
import { arrivalProcess } from '../../src/domain/arrival-process.js';
import type { RateSeries } from '../../src/domain/rate-series.js';
import type { ArrivalModel } from '../../src/domain/traffic-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import { chiSquaredScore } from '../kernel/chi-squared.js';

function instants(model: ArrivalModel, series: RateSeries, seed: number): Float64Array {
  const process = arrivalProcess(model, series, new Streams(seed).stream('arrivals', 'web'));
  const parts: number[] = [];
  const out = new Float64Array(4096);
  for (let filled = process.fill(out); filled > 0; filled = process.fill(out)) parts.push(...out.subarray(0, filled));
  return Float64Array.from(parts);
}

function seriesOf(binMicros: number, ratePerSecond: readonly number[]): RateSeries {
  const edgesMicros = Float64Array.from({ length: ratePerSecond.length + 1 }, (_, i) => i * binMicros);
  return { edgesMicros, ratePerSecond: Float64Array.from(ratePerSecond) };
}

/** Counts in equal windows. */
function counted(at: Float64Array, windowMicros: number, windows: number): Float64Array {
  const counts = new Float64Array(windows);
  for (const instant of at) {
    const window = Math.floor(instant / windowMicros);
    if (window < windows) counts[window] += 1;
  }
  return counts;
}

function moments(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
}

const burst = { kind: 'mmpp', ratio: 8, burstMicros: micros(2e6), share: 0.15 } as const;
const uneven = [40, 5, 0, 0, 90, 90, 12, 300, 1, 40];

describe('the models that keep each bin in expectation', () => {
  const models: readonly ArrivalModel[] = [
    'interpolated',
    { kind: 'gamma', cv: 0.4 },
    { kind: 'gamma', cv: 2.5 },
    burst,
  ];
  test.each(models)('%j: every bin has its count over many seeds', (model) => {
    const seeds = 300;
    const series = seriesOf(1e6, uneven);
    const sums = new Float64Array(uneven.length);
    const squares = new Float64Array(uneven.length);
    for (let seed = 0; seed < seeds; seed += 1) {
      const counts = counted(instants(model, series, seed), 1e6, uneven.length);
      counts.forEach((count, bin) => {
        sums[bin] += count;
        squares[bin] += count * count;
      });
    }
    uneven.forEach((rate, bin) => {
      const mean = sums[bin] / seeds;
      const error = Math.sqrt((squares[bin] / seeds - mean * mean) / seeds);
      // One instant in a million is rounded over an edge.
      expect(Math.abs(mean - rate)).toBeLessThanOrEqual(4.5 * error + 1e-3);
    });
  });
});

describe('interpolated', () => {
  test('the rate runs straight from the edge of a bin to its middle and on, its count kept', () => {
    // At the edges 25 and 35, so 2 * 30 - 30 in the middle of the second bin: a straight line of 30 +- 5.
    const series = seriesOf(1e6, [20, 30, 40]);
    const cells = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 4000; seed += 1) {
      for (const at of instants('interpolated', series, seed)) {
        if (at >= 1e6 && at < 2e6) cells[Math.floor((at - 1e6) / 5e4)] += 1;
      }
    }
    const expected = cells.map((_, cell) => (25 + 10 * ((cell + 0.5) / 20)) * 0.05 * 4000);
    expect(Math.abs(chiSquaredScore(cells, expected))).toBeLessThan(5);
    const flat = cells.map(() => 30 * 0.05 * 4000);
    expect(Math.abs(chiSquaredScore(cells, flat))).toBeGreaterThan(10);
  });

  test('next to an empty bin the rate falls to nothing at the edge, and the full one keeps its count', () => {
    const series = seriesOf(1e6, [0, 60, 0]);
    const cells = new Array<number>(10).fill(0);
    let outside = 0;
    for (let seed = 0; seed < 3000; seed += 1) {
      for (const at of instants('interpolated', series, seed)) {
        if (at < 1e6 || at > 2e6) outside += 1;
        else cells[Math.min(9, Math.floor((at - 1e6) / 1e5))] += 1;
      }
    }
    expect(outside).toBe(0);
    // A triangle of height 120.
    const expected = cells.map((_, cell) => 120 * (1 - Math.abs((cell + 0.5) / 5 - 1)) * 0.1 * 3000);
    expect(Math.abs(chiSquaredScore(cells, expected))).toBeLessThan(5);
  });

  test('equal bins give the very instants of a Poisson process', () => {
    const series = seriesOf(1e6, [50, 50, 50, 50]);
    const ours = instants('interpolated', series, 3);
    const plain = instants('poisson', series, 3);
    expect(ours.length).toBe(plain.length);
    ours.forEach((at, i) => {
      expect(Math.abs(at - plain[i])).toBeLessThanOrEqual(1);
    });
  });
});

describe('gamma', () => {
  test.each([0.25, 0.7, 1, 2, 4])('CV %d: gaps have their mean and their CV', (cv) => {
    const at = instants({ kind: 'gamma', cv }, seriesOf(1500e6, [50]), 5);
    const gaps = Float64Array.from({ length: at.length - 1 }, (_, i) => at[i + 1] - at[i]);
    const { mean, variance } = moments(gaps);
    const error = (cv / Math.sqrt(gaps.length)) * 2e4;
    expect(Math.abs(mean - 2e4)).toBeLessThan(4.5 * error);
    // Kurtosis of a gamma distribution is 3 + 6 cv^2.
    const spread = Math.sqrt((2 + 6 * cv * cv) / gaps.length);
    expect(Math.abs(variance / (cv * 2e4) ** 2 - 1)).toBeLessThan(4.5 * spread + 0.001);
  });

  test('CV 1 has exponential gaps', () => {
    const at = instants({ kind: 'gamma', cv: 1 }, seriesOf(2000e6, [50]), 6);
    const cells = new Array<number>(50).fill(0);
    for (let i = 1; i < at.length; i += 1) {
      cells[Math.min(49, Math.floor((1 - Math.exp((-50 * (at[i] - at[i - 1])) / 1e6)) * 50))] += 1;
    }
    const expected = cells.map(() => (at.length - 1) / 50);
    expect(Math.abs(chiSquaredScore(cells, expected))).toBeLessThan(5);
  });

  test('two Erlang stages: the variance of a count is t / 2 + (1 - exp(-4 t)) / 8 (Cox 1962), from the first moment on', () => {
    const model = { kind: 'gamma', cv: Math.SQRT1_2 } as const;
    for (const windowMicros of [2e4, 1e5]) {
      const windows = 30_000;
      const at = instants(model, seriesOf(windows * windowMicros, [50]), 7);
      const t = (50 * windowMicros) / 1e6;
      const expected = t / 2 + (1 - Math.exp(-4 * t)) / 8;
      const { variance } = moments(counted(at, windowMicros, windows));
      expect(Math.abs(variance / expected - 1)).toBeLessThan(4.5 * Math.sqrt(2.6 / windows));
    }
    let inFirst = 0;
    for (let seed = 0; seed < 8_000; seed += 1) inFirst += instants(model, seriesOf(2e4, [50]), seed).length;
    expect(Math.abs(inFirst / 8_000 - 1)).toBeLessThan((4.5 * 0.79) / Math.sqrt(8_000));
  });

  test('over many gaps the index of dispersion is the squared CV', () => {
    const windows = 1500;
    const at = instants({ kind: 'gamma', cv: 2.5 }, seriesOf(windows * 20e6, [50]), 8);
    const { mean, variance } = moments(counted(at, 20e6, windows));
    expect(Math.abs(variance / mean / 6.25 - 1)).toBeLessThan(4.5 * Math.sqrt(2 / windows) + 0.01);
  });
});

describe('mmpp', () => {
  /** Variance over mean of a count in a window: 1 + 2 C / (m q) (1 - (1 - exp(-q t)) / (q t)), C = p (1 - p) (r1 - r2)^2. */
  function dispersion(rate: number, windowSeconds: number): number {
    const { ratio, burstMicros, share } = burst;
    const calm = rate / (1 + share * (ratio - 1));
    const q = 1e6 / burstMicros / (1 - share);
    const variance = share * (1 - share) * (calm * (ratio - 1)) ** 2;
    const decay = (1 - Math.exp(-q * windowSeconds)) / (q * windowSeconds);
    return 1 + ((2 * variance) / (rate * q)) * (1 - decay);
  }

  test.each([0.2, 1, 20])('in windows of %d s the index of dispersion is the closed form', (seconds) => {
    const windows = Math.min(6000, 30_000 / seconds);
    const at = instants(burst, seriesOf(windows * seconds * 1e6, [60]), 9);
    const { mean, variance } = moments(counted(at, seconds * 1e6, windows));
    const expected = dispersion(60, seconds);
    // Neighbouring windows share a state, which widens both intervals.
    const effective = windows * Math.min(1, seconds / 4);
    expect(Math.abs(mean / (60 * seconds) - 1)).toBeLessThan(
      4.5 * Math.sqrt(dispersion(60, 1e6) / (60 * seconds * windows)),
    );
    expect(expected).toBeGreaterThan(5);
    expect(Math.abs(variance / expected / mean - 1)).toBeLessThan(4.5 * Math.sqrt(4 / effective));
  });

  test('bursts come and go at the same instants under any rate', () => {
    const busy = (rate: number): Float64Array => counted(instants(burst, seriesOf(120e6, [rate]), 10), 1e6, 120);
    const few = busy(500);
    const many = busy(1500);
    const high = (counts: Float64Array, rate: number): readonly boolean[] =>
      [...counts].map((count) => count > 2 * rate);
    const differing = high(few, 500).filter((is, i) => is !== high(many, 1500)[i]);
    expect(differing.length).toBeLessThan(5);
    expect(high(many, 1500).filter(Boolean).length).toBeGreaterThan(5);
  });
});
