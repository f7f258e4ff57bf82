import { DAY_MICROS } from './day-micros.js';
import { autocorrelation, inGroups, meanOfValues, variation } from './traffic-statistics.js';

/** A statistic of a trace and of its look-alike; null where the length or the bins do not allow it. */
export interface LikenessRow {
  readonly name: string;
  readonly recorded: number | null;
  readonly lookAlike: number | null;
}

const HOUR = 3_600_000_000;

/** Statistics of a series of equal bins: level, spread at several lengths of bins, and what it has in common with itself later. */
export function trafficStatistics(rates: Float64Array, binMicros: number): Readonly<Record<string, number | null>> {
  const spread = (length: number): number | null => {
    const groups = inGroups(rates, Math.max(1, Math.round(length / binMicros)));
    return length < binMicros || groups.length < 2 ? null : variation(groups);
  };
  const hours = inGroups(rates, Math.max(1, Math.round(HOUR / binMicros)));
  const mean = meanOfValues(rates);
  return {
    mean,
    'peak / mean': mean === 0 ? null : rates.reduce((most, rate) => Math.max(most, rate), 0) / mean,
    [`variation of bins of ${binMicros / 60e6} min`]: variation(rates),
    'variation of hours': spread(HOUR),
    'variation of six hours': spread(6 * HOUR),
    'variation of days': spread(DAY_MICROS),
    'correlation with the next bin': autocorrelation(rates, 1),
    'correlation with the next hour': autocorrelation(hours, 1),
    'correlation with the next day': autocorrelation(hours, 24),
  };
}

/** The statistics of two series of the same bins side by side. */
export function likeness(recorded: Float64Array, alike: Float64Array, binMicros: number): LikenessRow[] {
  const ours = trafficStatistics(recorded, binMicros);
  const theirs = trafficStatistics(alike, binMicros);
  return Object.entries(ours).map(([name, value]) => ({ name, recorded: value, lookAlike: theirs[name] }));
}

/** Correlation of two profiles; null where one never changes. */
export function profileCorrelation(one: Float64Array, other: Float64Array): number | null {
  const a = meanOfValues(one);
  const b = meanOfValues(other);
  let both = 0;
  let first = 0;
  let second = 0;
  one.forEach((value, i) => {
    both += (value - a) * (other[i] - b);
    first += (value - a) ** 2;
    second += (other[i] - b) ** 2;
  });
  return first === 0 || second === 0 ? null : both / Math.sqrt(first * second);
}
