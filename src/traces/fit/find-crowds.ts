import { medianOfValues } from './traffic-statistics.js';

/** A crowd found in a trace, as `flashCrowd` takes it; times from the start of the trace. */
export interface FoundCrowd {
  readonly atMicros: number;
  readonly rampMicros: number;
  readonly magnitude: number;
  readonly plateauMicros: number;
  readonly decayMicros: number;
  /** Bins it reaches over. */
  readonly first: number;
  readonly end: number;
}

/** A crowd stands out by so many robust standard deviations, and by at least this factor. */
const DEVIATIONS = 4;
const LEAST_FACTOR = 1.5;
/** Where the excess over the curve is above this share of its most, it is at its top; below that share, it has not begun or is over. */
const TOP = 0.85;
const FOOT = 0.1;

/** Crowds in the logarithms of what is left when the curve is divided out, in the order of time. */
export function findCrowds(residuals: Float64Array, binMicros: number): FoundCrowd[] {
  const centre = medianOfValues(residuals);
  const spread = 1.4826 * medianOfValues(residuals.map((value) => Math.abs(value - centre)));
  const least = Math.max(DEVIATIONS * spread, Math.log(LEAST_FACTOR));
  const crowds: FoundCrowd[] = [];
  for (let i = 0; i < residuals.length; i += 1) {
    if (residuals[i] - centre < least) continue;
    const crowd = crowdAround(residuals, i, least, binMicros);
    crowds.push(crowd);
    i = crowd.end;
  }
  return crowds;
}

function crowdAround(residuals: Float64Array, from: number, least: number, binMicros: number): FoundCrowd {
  const centre = medianOfValues(residuals);
  const excess = (i: number): number => Math.exp(residuals[i] - centre) - 1;
  let until = from;
  while (until + 1 < residuals.length && residuals[until + 1] - centre >= least / 2) until += 1;
  let peak = from;
  for (let i = from; i <= until; i += 1) if (residuals[i] > residuals[peak]) peak = i;
  const most = excess(peak);
  /** How far the excess stays above a share of its most, from `at` on in steps of -1 or 1. */
  const reach = (at: number, step: 1 | -1, share: number): number => {
    let i = at;
    while (i + step >= 0 && i + step < residuals.length && excess(i + step) >= share * most) i += step;
    return i;
  };
  const first = reach(peak, -1, TOP);
  const last = reach(peak, 1, TOP);
  const foot = reach(first, -1, FOOT);
  const spent = reach(last, 1, FOOT);
  const third = Math.min(spent, reach(last, 1, Math.exp(-1)));
  return {
    atMicros: Math.max(0, foot - 0.5) * binMicros,
    rampMicros: Math.max(0.5, first - foot) * binMicros,
    magnitude: 1 + most,
    plateauMicros: (last - first + 1) * binMicros,
    decayMicros: Math.max(0.5, third - last) * binMicros,
    first: foot,
    end: Math.max(spent, until),
  };
}
