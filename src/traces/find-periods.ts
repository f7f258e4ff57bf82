import { fourier } from './fourier.js';

/** A rhythm of a trace. */
export interface Period {
  readonly seconds: number;
  /** Share of the trace's variance at this rhythm, 0 to 1. */
  readonly share: number;
}

const DAY = 86_400;
const calendar = [7 * DAY, DAY, DAY / 2, DAY / 3, DAY / 4, DAY / 6, DAY / 8, DAY / 12, 3600, 1800, 900, 600, 300];

/** Weaker rhythms are not worth a line. */
const LEAST_SHARE = 0.01;
const MOST_PERIODS = 6;
/** A peak this many times the median of its surroundings is no chance: the power of noise exceeds it about once in 250 frequencies. */
const OUTSTANDING = 8;
/** The surroundings reach an octave down and up, but at most this many frequencies up. */
const SURROUNDINGS = 400;

/**
 * The strongest rhythms of a series, strongest first, from the peaks of its periodogram.
 *
 * A rhythm must fit at least twice, hold 1% of the variance, and stand out from its surroundings. Its share takes in the two
 * neighbouring frequencies, over which a rhythm spreads that does not fit a whole number of times; series longer than two days are
 * cut to whole days so that the day does. A period within the resolution of a calendar one (week, day, half a day, hour...) is reported as that.
 */
export function findPeriods(values: Float64Array, stepSeconds: number): readonly Period[] {
  const dayBins = DAY / stepSeconds;
  const wholeDays = Math.floor(values.length / dayBins);
  const length = wholeDays >= 2 ? Math.round(wholeDays * dayBins) : values.length;
  const shares = powerShares(values.subarray(0, length));
  const periods: Period[] = [];
  const taken = new Uint8Array(shares.length + 1);
  for (const k of peaksOf(shares)) {
    if (periods.length === MOST_PERIODS) break;
    if (taken[k] === 1 || !standsOut(shares, k)) continue;
    const near = [k - 1, k, k + 1].filter((i) => i >= 2 && i < shares.length && taken[i] === 0);
    const share = near.reduce((sum, i) => sum + shares[i], 0);
    if (share < LEAST_SHARE) continue;
    const frequency = near.reduce((sum, i) => sum + i * shares[i], 0) / share;
    for (const i of near) taken[i] = 1;
    periods.push({ seconds: named(frequency, length * stepSeconds), share });
  }
  return periods.sort((a, b) => b.share - a.share);
}

/** Share of the variance at each frequency up to half the length; empty for a series that never changes. */
function powerShares(values: Float64Array): Float64Array {
  const length = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  const centred = values.map((value) => value - mean);
  const energy = centred.reduce((sum, value) => sum + value * value, 0);
  if (length < 8 || energy <= 1e-20 * length * mean * mean) return new Float64Array(0);
  const { re, im } = fourier(centred);
  const shares = new Float64Array((length >> 1) + 1);
  for (let k = 1; k < shares.length; k += 1) {
    const sides = 2 * k === length ? 1 : 2;
    shares[k] = (sides * (re[k] ** 2 + im[k] ** 2)) / (length * energy);
  }
  return shares;
}

/** Local maxima that might hold enough, strongest first. */
function peaksOf(shares: Float64Array): readonly number[] {
  const peaks: number[] = [];
  for (let k = 2; k < shares.length; k += 1) {
    const right = k + 1 < shares.length ? shares[k + 1] : 0;
    if (shares[k] * 3 >= LEAST_SHARE && shares[k] >= shares[k - 1] && shares[k] >= right) peaks.push(k);
  }
  return peaks.sort((a, b) => shares[b] - shares[a]);
}

function standsOut(shares: Float64Array, k: number): boolean {
  const around: number[] = [];
  const reach = Math.min(k, SURROUNDINGS);
  for (let i = Math.max(1, k - (reach >> 1)); i < Math.min(shares.length, k + reach + 4); i += 1) {
    if (Math.abs(i - k) > 1) around.push(shares[i]);
  }
  around.sort((a, b) => a - b);
  return around.length === 0 || shares[k] >= OUTSTANDING * around[around.length >> 1];
}

function named(frequency: number, lengthSeconds: number): number {
  const match = calendar.find((seconds) => Math.abs(frequency - lengthSeconds / seconds) < 0.5);
  return match ?? Math.round(lengthSeconds / frequency);
}
