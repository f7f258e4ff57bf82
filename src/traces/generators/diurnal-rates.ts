import { calendarAt } from '../../domain/calendar.js';
import type { RateSeries } from '../../domain/rate-series.js';
import { sampleRates } from './sample-rates.js';

const DAY_MICROS = 86_400_000_000;

/** A day and a week of traffic. */
export interface DiurnalShape {
  /** Requests per second, the mean over whole weeks. */
  readonly mean: number;
  /** Amplitude of the daily wave as a share of the mean. */
  readonly dailyAmplitude: number;
  /** When the daily wave peaks, since midnight UTC. */
  readonly dailyPeakMicros: number;
  /** Amplitude of the half-daily wave as a share of the mean. */
  readonly halfDailyAmplitude: number;
  /** When the half-daily wave peaks, since midnight UTC; it peaks again twelve hours later. */
  readonly halfDailyPeakMicros: number;
  /** Weight of each day, Sunday first; only their proportions count. */
  readonly dayWeights: readonly number[];
  readonly binMicros: number;
  /** Slow noise on top, null for none. */
  readonly noise: DiurnalNoise | null;
}

/** Log-normal noise whose logarithm is a first-order autoregression. */
export interface DiurnalNoise {
  /** Standard deviation of the logarithm. */
  readonly sigma: number;
  /** After this time the correlation has fallen to 1/e. */
  readonly correlationMicros: number;
  /** The i-th draw of a standard normal variable, keyed by the caller. */
  readonly draw: (i: number) => number;
}

/**
 * Diurnal and weekly traffic:
 * rate(t) = mean w[day] (1 + a1 cos(2 pi (t - p1) / 1 d) + a2 cos(4 pi (t - p2) / 1 d)) exp(sigma x - sigma^2 / 2),
 * with x a stationary AR(1) of unit variance, one step a bin, so that noise leaves the mean where it is; never below 0.
 *
 * `originEpochMicros` is the calendar time of time zero. Draws depend on the bin's number alone, so a longer run keeps its beginning.
 */
export function diurnalRates(shape: DiurnalShape, durationMicros: number, originEpochMicros: number): RateSeries {
  const firstDay = Math.floor(originEpochMicros / DAY_MICROS);
  const firstDayOfWeek = calendarAt(originEpochMicros, 0).dayOfWeek;
  const dayMean = shape.dayWeights.reduce((sum, weight) => sum + weight, 0) / shape.dayWeights.length;
  const series = sampleRates([{ untilMicros: durationMicros, binMicros: shape.binMicros }], (at) => {
    const epochMicros = originEpochMicros + at;
    const day = Math.floor(epochMicros / DAY_MICROS);
    const weight = shape.dayWeights[(firstDayOfWeek + day - firstDay) % 7] / dayMean;
    return Math.max(0, shape.mean * weight * dayCurve(shape, epochMicros - day * DAY_MICROS));
  });
  if (shape.noise !== null) applyNoise(series.ratePerSecond, shape.noise, shape.binMicros);
  return series;
}

/** The curve of a day with mean 1, at a time since midnight. */
export function dayCurve(
  shape: Pick<DiurnalShape, 'dailyAmplitude' | 'dailyPeakMicros' | 'halfDailyAmplitude' | 'halfDailyPeakMicros'>,
  sinceMidnightMicros: number,
): number {
  const turn = (2 * Math.PI) / DAY_MICROS;
  const daily = Math.cos(turn * (sinceMidnightMicros - shape.dailyPeakMicros));
  const halfDaily = Math.cos(2 * turn * (sinceMidnightMicros - shape.halfDailyPeakMicros));
  return 1 + shape.dailyAmplitude * daily + shape.halfDailyAmplitude * halfDaily;
}

function applyNoise(rates: Float64Array, noise: DiurnalNoise, binMicros: number): void {
  const phi = Math.exp(-binMicros / noise.correlationMicros);
  const fresh = Math.sqrt(1 - phi * phi);
  let state = noise.draw(0);
  for (let i = 0; i < rates.length; i += 1) {
    if (i > 0) state = phi * state + fresh * noise.draw(i);
    rates[i] *= Math.exp(noise.sigma * state - noise.sigma ** 2 / 2);
  }
}
