import { Bug } from '../../../domain/errors.js';
import type { BucketOptions } from './bucket-options.js';

/** How exponential buckets grow. */
export interface Growth {
  /** The last bucket begins here or above. */
  readonly maxValue: number;
  /** Size of the first bucket, above 0. */
  readonly firstSize: number;
  /** How many times larger each bucket is than the one before, above 1. */
  readonly ratio: number;
}

/**
 * Buckets that grow by a ratio: bucket n begins at `firstSize * (ratio^n - 1) / (ratio - 1)`.
 *
 * Starts are worked out once, since a percentile is asked for far more often than options are made.
 * Source: VPA, NewExponentialHistogramOptions.
 */
export function exponentialBuckets({ maxValue, firstSize, ratio }: Growth, epsilon: number): BucketOptions {
  if (!(maxValue > 0 && firstSize > 0 && ratio > 1 && epsilon > 0)) {
    throw new Bug(`exponential buckets cannot grow by ${ratio} from ${firstSize} to ${maxValue} (epsilon ${epsilon})`);
  }
  const logRatio = Math.log(ratio);
  const position = (value: number): number => Math.log((value * (ratio - 1)) / firstSize + 1) / logRatio;
  const count = Math.ceil(position(maxValue)) + 1;
  const starts = Float64Array.from({ length: count }, (_, bucket) => startOf(bucket, firstSize, ratio));
  return {
    count,
    epsilon,
    find: (value) => (value < firstSize ? 0 : Math.min(count - 1, Math.trunc(position(value)))),
    start: (bucket) => starts[bucket],
  };
}

function startOf(bucket: number, firstSize: number, ratio: number): number {
  return bucket === 0 ? 0 : (firstSize * (ratio ** bucket - 1)) / (ratio - 1);
}
