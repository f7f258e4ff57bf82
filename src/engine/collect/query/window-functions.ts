import { extrapolatedChange } from './extrapolated-change.js';
import { interpolatedQuantile } from './interpolated-quantile.js';
import { linearFit } from './linear-fit.js';
import type { WindowFunction, WindowSamples } from './window-samples.js';

/** A function of a window by name: what it does, and where the number that it takes besides stands. */
export interface WindowDefinition {
  readonly apply: WindowFunction;
  /** Absent where it takes nothing but the window. */
  readonly parameter?: 'before' | 'after';
}

const whole = (apply: (values: readonly number[]) => number): WindowDefinition => ({
  apply: ({ values }) => apply(values),
});

/**
 * Functions of a window of samples, by name; each gives one number a series. Source: Prometheus, "Query functions"; `ewma_over_time` is ours.
 */
export const windowFunctions: ReadonlyMap<string, WindowDefinition> = new Map<string, WindowDefinition>([
  ['rate', { apply: (samples) => perSecond(extrapolatedChange(samples, true), samples) }],
  ['increase', { apply: (samples) => extrapolatedChange(samples, true) }],
  ['delta', { apply: (samples) => extrapolatedChange(samples, false) }],
  ['irate', { apply: lastRate }],
  [
    'idelta',
    { apply: ({ values }) => (values.length < 2 ? null : values[values.length - 1] - values[values.length - 2]) },
  ],
  ['deriv', { apply: ({ times, values }) => linearFit(times, values, times[0])?.perSecond ?? null }],
  ['predict_linear', { parameter: 'after', apply: predicted }],
  ['changes', whole((values) => countPairs(values, (before, after) => after !== before))],
  ['resets', whole((values) => countPairs(values, (before, after) => after < before))],
  ['avg_over_time', whole(mean)],
  ['min_over_time', whole((values) => values.reduce((least, value) => Math.min(least, value)))],
  ['max_over_time', whole((values) => values.reduce((most, value) => Math.max(most, value)))],
  ['sum_over_time', whole(sum)],
  ['count_over_time', whole((values) => values.length)],
  ['last_over_time', whole((values) => values[values.length - 1])],
  ['stddev_over_time', whole((values) => Math.sqrt(variance(values)))],
  ['stdvar_over_time', whole(variance)],
  ['quantile_over_time', { parameter: 'before', apply: ({ values }, q) => interpolatedQuantile(q, values) }],
  ['ewma_over_time', { parameter: 'after', apply: weighted }],
]);

function perSecond(change: number | null, { startMicros, endMicros }: WindowSamples): number | null {
  return change === null ? null : (change / (endMicros - startMicros)) * 1e6;
}

/** Of the newest two samples. */
function lastRate({ times, values }: WindowSamples): number | null {
  const last = values.length - 1;
  if (last < 1) return null;
  const increase = values[last] < values[last - 1] ? values[last] : values[last] - values[last - 1];
  return (increase / (times[last] - times[last - 1])) * 1e6;
}

function predicted({ times, values, endMicros }: WindowSamples, seconds: number): number | null {
  const fit = linearFit(times, values, endMicros);
  return fit === null ? null : fit.value + fit.perSecond * seconds;
}

/** Mean weighted by 2^(-age / half-life), ages from the newest sample. */
function weighted({ times, values }: WindowSamples, halfLifeSeconds: number): number | null {
  const newest = times[times.length - 1];
  let [total, weights] = [0, 0];
  for (let i = 0; i < times.length; i += 1) {
    const weight = 2 ** ((times[i] - newest) / 1e6 / halfLifeSeconds);
    total += weight * values[i];
    weights += weight;
  }
  return halfLifeSeconds > 0 ? total / weights : null;
}

function countPairs(values: readonly number[], counts: (before: number, after: number) => boolean): number {
  let count = 0;
  for (let i = 1; i < values.length; i += 1) if (counts(values[i - 1], values[i])) count += 1;
  return count;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}
