import { Bug } from '../domain/errors.js';
import type { GapPolicy, TraceUnit } from './trace.js';

/** Points of a recording, by strictly increasing time. */
export interface Points {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** A recording in regular bins, and what it took to make them regular. */
export interface RegularBins {
  readonly values: Float64Array;
  readonly gaps: number;
  readonly repaired: number;
  /** Rows that fell into a bin with another row. */
  readonly merged: number;
  /** Index of the point after the first gap; null where there is no gap. */
  readonly firstGapAt: number | null;
}

/** The median distance of neighbouring points; the lower of the two middle ones where their number is even. */
export function medianStep(times: Float64Array): number {
  const steps = new Float64Array(times.length - 1);
  for (let i = 0; i < steps.length; i += 1) steps[i] = times[i + 1] - times[i];
  return steps.sort()[(steps.length - 1) >> 1];
}

/**
 * Puts points into bins of `binMicros`, the first starting at the first point, and fills empty bins by the policy
 * (`error` fills like `zero`: the caller looks at `firstGapAt`).
 *
 * A point goes to the nearest bin, so that jitter neither loses nor doubles one; where bins are clearly longer than the
 * recording's step, it goes to the bin that contains it. Points in one bin add up if they count requests, else their mean is taken.
 */
export function regularBins(points: Points, binMicros: number, policy: GapPolicy, unit: TraceUnit): RegularBins {
  const { times, values } = points;
  const shift = binMicros >= 1.5 * medianStep(times) ? 0 : 0.5;
  const binOf = (i: number) => Math.floor((times[i] - times[0]) / binMicros + shift);
  const binned = new Float64Array(binOf(times.length - 1) + 1);
  let gaps = 0;
  let repaired = 0;
  let firstGapAt: number | null = null;
  let used = 0;
  let i = 0;
  for (let before = -1; i < times.length;) {
    const bin = binOf(i);
    const end = endOfBin(i, bin, times.length, binOf);
    binned[bin] = combined(values.subarray(i, end), unit);
    used += 1;
    if (before >= 0 && bin > before + 1) {
      gaps += 1;
      repaired += bin - before - 1;
      firstGapAt ??= i;
      fillers[policy](binned, before, bin);
    }
    before = bin;
    i = end;
  }
  return { values: binned, gaps, repaired, merged: times.length - used, firstGapAt };
}

function endOfBin(start: number, bin: number, count: number, binOf: (i: number) => number): number {
  let end = start + 1;
  while (end < count && binOf(end) === bin) end += 1;
  return end;
}

function combined(values: Float64Array, unit: TraceUnit): number {
  if (values.length === 0) throw new Bug('a bin without points cannot be combined');
  if (values.length === 1) return values[0];
  const sum = values.reduce((total, value) => total + value, 0);
  return unit === 'requests' ? sum : sum / values.length;
}

type Filler = (binned: Float64Array, before: number, after: number) => void;

const leaveZero: Filler = () => undefined;

const fillers: Readonly<Record<GapPolicy, Filler>> = {
  zero: leaveZero,
  error: leaveZero,
  hold: (binned, before, after) => binned.fill(binned[before], before + 1, after),
  interpolate: (binned, before, after) => {
    const slope = (binned[after] - binned[before]) / (after - before);
    for (let i = before + 1; i < after; i += 1) binned[i] = binned[before] + slope * (i - before);
  },
};
