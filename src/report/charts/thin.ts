/** A line thinned to buckets of steps: one value for each, drawn as the line, with the smallest and largest value, drawn as a band. */
export interface ThinLine {
  /** Start of each bucket, in seconds since the start of the run. */
  readonly seconds: readonly number[];
  /** Null where the bucket has no value: the line breaks. */
  readonly value: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** A chart draws at most this many points a line. */
export const MAX_POINTS = 1500;

/** Steps that share a bucket when a line of `steps` steps is thinned. */
export function bucketSteps(steps: number, maxPoints = MAX_POINTS): number {
  return Math.max(1, Math.ceil(steps / maxPoints));
}

/**
 * Thins a line to at most `maxPoints` buckets; the extremes of every bucket are kept, so that no peak and no dip is lost.
 *
 * The value of a bucket is the mean, or for a line that jumps (`step`) the first: pods have no halves. Values that are not finite count as missing.
 */
export function thin(
  seconds: ArrayLike<number>,
  values: ArrayLike<number>,
  shape: 'linear' | 'step',
  maxPoints = MAX_POINTS,
): ThinLine {
  const size = bucketSteps(values.length, maxPoints);
  const line = {
    seconds: new Array<number>(),
    value: new Array<number | null>(),
    low: new Array<number | null>(),
    high: new Array<number | null>(),
  };
  for (let start = 0; start < values.length; start += size) {
    const { first, mean, low, high } = bucket(values, start, Math.min(values.length, start + size));
    line.seconds.push(seconds[start]);
    line.value.push(shape === 'step' ? first : mean);
    line.low.push(low);
    line.high.push(high);
  }
  return line;
}

interface Bucket {
  readonly first: number | null;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

function bucket(values: ArrayLike<number>, start: number, end: number): Bucket {
  let first: number | null = null;
  let count = 0;
  let sum = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let index = start; index < end; index += 1) {
    const value = values[index];
    if (!Number.isFinite(value)) continue;
    first ??= value;
    count += 1;
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return count === 0 ? { first, mean: null, low: null, high: null } : { first, mean: sum / count, low, high };
}
