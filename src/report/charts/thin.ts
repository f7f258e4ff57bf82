/** Points of one line: instants in seconds, values, null where the line breaks. */
export interface Points {
  readonly seconds: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A chart draws at most this many points a line. */
export const MAX_POINTS = 1500;

/** Steps that share a bucket when a line of `steps` steps is thinned. */
export function bucketSteps(steps: number, maxPoints = MAX_POINTS): number {
  return steps <= maxPoints ? 1 : Math.ceil(steps / Math.floor(maxPoints / 2));
}

/**
 * Thins a line to at most `maxPoints` points: of every bucket of steps it keeps the smallest and the largest value, each at its own time.
 *
 * So no peak and no dip is ever lost or moved, only what lies between them. A bucket without any value becomes one break. A line that is
 * short enough stays as it is. Source: the min-max part of M4, Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 2014.
 */
export function thin(seconds: ArrayLike<number>, values: ArrayLike<number>, maxPoints = MAX_POINTS): Points {
  const size = bucketSteps(values.length, maxPoints);
  const kept: { seconds: number[]; values: (number | null)[] } = { seconds: [], values: [] };
  for (let start = 0; start < values.length; start += size) {
    for (const index of extremes(values, start, Math.min(values.length, start + size))) {
      kept.seconds.push(seconds[index]);
      kept.values.push(Number.isFinite(values[index]) ? values[index] : null);
    }
  }
  return kept;
}

/** Indices of the smallest and the largest finite value in order of time; the first index alone where there is one value or none. */
function extremes(values: ArrayLike<number>, start: number, end: number): readonly number[] {
  let low = -1;
  let high = -1;
  for (let index = start; index < end; index += 1) {
    if (!Number.isFinite(values[index])) continue;
    if (low < 0 || values[index] < values[low]) low = index;
    if (high < 0 || values[index] > values[high]) high = index;
  }
  if (low < 0) return [start];
  return low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
}
