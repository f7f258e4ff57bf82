import { Bug } from '../../../domain/errors.js';
import type { BucketOptions } from './bucket-options.js';

/**
 * Buckets of one size, the last of which begins at `maxValue` or above.
 *
 * All three numbers must be above 0. Source: VPA, NewLinearHistogramOptions.
 */
export function linearBuckets(maxValue: number, bucketSize: number, epsilon: number): BucketOptions {
  if (!(maxValue > 0 && bucketSize > 0 && epsilon > 0)) {
    throw new Bug(`linear buckets need numbers above 0, were ${maxValue}, ${bucketSize} and ${epsilon}`);
  }
  const count = Math.ceil(maxValue / bucketSize) + 1;
  return {
    count,
    epsilon,
    find: (value) => Math.min(count - 1, Math.max(0, Math.trunc(value / bucketSize))),
    start: (bucket) => bucket * bucketSize,
  };
}
