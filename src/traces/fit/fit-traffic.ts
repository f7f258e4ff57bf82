import { InputError } from '../../domain/errors.js';
import { calendarAt } from '../../domain/calendar.js';
import { dayCurve } from '../generators/diurnal-rates.js';
import type { Trace } from '../trace.js';
import { traceToRates } from '../trace-to-rates.js';
import { type DailyWaves, dailyWaves } from './daily-waves.js';
import { DAY_MICROS } from './day-micros.js';
import { findCrowds, type FoundCrowd } from './find-crowds.js';
import { fitNoise, type FittedNoise } from './fit-noise.js';
import { inGroups, meanOfValues, medianOfValues } from './traffic-statistics.js';

/** The seeded model of `generate: diurnal`, fitted to a trace. */
export interface TrafficFit {
  /** What was fitted: requests a second in bins of at least five minutes. */
  readonly rates: Float64Array;
  readonly binMicros: number;
  /** Requests a second on average, crowds left out. */
  readonly mean: number;
  readonly waves: DailyWaves;
  /** Weight of each day, Sunday first, around a mean of 1; all 1 where the trace is shorter than a week. */
  readonly dayWeights: readonly number[];
  readonly noise: FittedNoise;
  /** Crowds, in the order of time. */
  readonly crowds: readonly FoundCrowd[];
  /** Factor by which the level grows in a week; null below three weeks. Not part of the model, whose weeks are alike. */
  readonly growthPerWeek: number | null;
  /** A day's profile of the trace, and of the model, around a mean of 1. */
  readonly profile: Float64Array;
  readonly modelProfile: Float64Array;
}

const FIVE_MINUTES = 300_000_000;
/** A bin without a request is taken as half a one, where logarithms are. */
const LEAST_COUNT = 0.5;
/** The model's night, over the mean of the day, is at least this. */
const LOWEST = 0.02;

/**
 * Fits the diurnal model to a trace of at least two days: medians over days give the profile and the days' weights, so that crowds and
 * outages do not bend them; what is left after level, day and profile gives crowds and noise.
 *
 * Bins shorter than five minutes are averaged to five minutes. Throws InputError for a trace that is no traffic, is too short, has no date, or
 * has bins that do not divide a day.
 */
export function fitTraffic(trace: Trace): TrafficFit {
  const { rates, binMicros, startEpochMicros } = fittable(trace);
  const perDay = DAY_MICROS / binMicros;
  const level = levels(rates, perDay);
  const dayOf = (i: number): number => calendarAt(startEpochMicros, i * binMicros).dayOfWeek;
  const slotOf = (i: number): number => Math.floor(((startEpochMicros + i * binMicros) % DAY_MICROS) / binMicros);
  const dayWeights = weightsOf(rates, level, perDay, dayOf);
  const flat = rates.map((rate, i) => rate / (level[i] * dayWeights[dayOf(i)]));
  const profile = normal(profileOf(flat, perDay, slotOf));
  const waves = above(dailyWaves(profile), profile.length);
  const modelProfile = profile.map((_, i) => dayCurve(waves, (i + 0.5) * binMicros));
  const least = (LEAST_COUNT * 1e6) / binMicros;
  const residuals = rates.map((rate, i) => {
    return Math.log(Math.max(rate, least) / (level[i] * dayWeights[dayOf(i)] * modelProfile[slotOf(i)]));
  });
  const crowds = findCrowds(residuals, binMicros);
  const isCalm = (_: number, i: number): boolean => crowds.every(({ first, end }) => i < first || i > end);
  const calm = residuals.filter(isCalm);
  const mean =
    crowds.length === 0
      ? meanOfValues(rates)
      : levelOf(rates, isCalm, (i) => dayWeights[dayOf(i)] * modelProfile[slotOf(i)]);
  const noise = fitNoise(calm, 1e6 / (mean * binMicros), binMicros);
  const growthPerWeek = growth(rates, perDay);
  return { rates, binMicros, mean, waves, dayWeights, noise, crowds, growthPerWeek, profile, modelProfile };
}

function fittable(trace: Trace): { rates: Float64Array; binMicros: number; startEpochMicros: number } {
  const source = trace.name;
  const { ratePerSecond } = traceToRates(trace);
  const size = Math.max(1, Math.floor(FIVE_MINUTES / trace.binMicros));
  const binMicros = size * trace.binMicros;
  if (trace.startEpochMicros === null)
    throw new InputError({ source }, 'must have dates to be fitted by day and week, counts from its own start');
  if (DAY_MICROS % binMicros !== 0)
    throw new InputError({ source }, `must have bins that divide a day, was ${binMicros / 1e6} s`);
  const rates = inGroups(ratePerSecond, size);
  if (rates.every((rate) => rate === 0)) throw new InputError({ source }, 'must have a request to be fitted, has none');
  const days = (rates.length * binMicros) / DAY_MICROS;
  if (days < 2)
    throw new InputError(
      { source },
      `must be at least two days long to be fitted, was ${days.toFixed(2)} days`,
      'A day and its weights need two of them: give a longer recording. One that is shorter can be replayed as it is, with hindcast run --trace FILE --manifests DIR; hindcast trace inspect FILE describes it.',
    );
  return { rates, binMicros, startEpochMicros: trace.startEpochMicros };
}

/** The level under the crowds, which are multiplied on top of it: what calm bins hold, over what day and profile make of one. */
function levelOf(
  rates: Float64Array,
  isCalm: (rate: number, i: number) => boolean,
  shape: (i: number) => number,
): number {
  let held = 0;
  let shapes = 0;
  rates.forEach((rate, i) => {
    if (!isCalm(rate, i)) return;
    held += rate;
    shapes += shape(i);
  });
  return held / shapes;
}

/** The level around each bin: the mean of the week around it, of the whole where there are not two weeks. */
function levels(rates: Float64Array, perDay: number): Float64Array {
  const whole = meanOfValues(rates);
  const week = 7 * perDay;
  if (rates.length < 2 * week) return new Float64Array(rates.length).fill(whole);
  const sums = new Float64Array(rates.length + 1);
  rates.forEach((rate, i) => (sums[i + 1] = sums[i] + rate));
  return rates.map((_, i) => {
    const from = Math.min(Math.max(0, i - (week >> 1)), rates.length - week);
    return Math.max(1e-9, (sums[from + week] - sums[from]) / week);
  });
}

function weightsOf(
  rates: Float64Array,
  level: Float64Array,
  perDay: number,
  dayOf: (i: number) => number,
): readonly number[] {
  if (rates.length < 7 * perDay) return new Array<number>(7).fill(1);
  const days: number[][] = [[], [], [], [], [], [], []];
  for (let i = 0; i + perDay <= rates.length; i += perDay) {
    const at = dayOf(i + (perDay >> 1));
    days[at].push(meanOfValues(rates.subarray(i, i + perDay)) / level[i + (perDay >> 1)]);
  }
  return [...normal(Float64Array.from(days, medianOfValues))];
}

function profileOf(flat: Float64Array, perDay: number, slotOf: (i: number) => number): Float64Array {
  const slots = Array.from({ length: perDay }, (): number[] => []);
  flat.forEach((value, i) => slots[slotOf(i)].push(value));
  return Float64Array.from(slots, medianOfValues);
}

/** The same waves, flattened where they would go below zero. */
function above(waves: DailyWaves, bins: number): DailyWaves {
  const lowest = Math.min(...Array.from({ length: bins }, (_, i) => dayCurve(waves, (i * DAY_MICROS) / bins)));
  if (lowest >= LOWEST) return waves;
  const part = (1 - LOWEST) / (1 - lowest);
  return {
    ...waves,
    dailyAmplitude: waves.dailyAmplitude * part,
    halfDailyAmplitude: waves.halfDailyAmplitude * part,
  };
}

function normal(values: Float64Array): Float64Array {
  const mean = meanOfValues(values);
  return values.map((value) => value / mean);
}

function growth(rates: Float64Array, perDay: number): number | null {
  const weeks = inGroups(rates, 7 * perDay);
  if (weeks.length < 3 || weeks.some((week) => week <= 0)) return null;
  const middle = (weeks.length - 1) / 2;
  const level = meanOfValues(weeks.map(Math.log));
  let products = 0;
  let squares = 0;
  weeks.forEach((week, i) => {
    products += (i - middle) * (Math.log(week) - level);
    squares += (i - middle) ** 2;
  });
  return Math.exp(products / squares);
}
