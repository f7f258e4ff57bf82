import { z } from 'zod';
import type { BucketOptions } from '../../../src/engine/vertical/vpa/bucket-options.js';
import { exponentialBuckets } from '../../../src/engine/vertical/vpa/exponential-buckets.js';
import { linearBuckets } from '../../../src/engine/vertical/vpa/linear-buckets.js';

/** Bucketing as the vectors write it. */
export const zBuckets = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('linear'), maxValue: z.number(), bucketSize: z.number(), epsilon: z.number() }),
  z.looseObject({
    type: z.literal('exponential'),
    maxValue: z.number(),
    firstBucketSize: z.number(),
    ratio: z.number(),
    epsilon: z.number(),
  }),
]);

/** The product's buckets for it. */
export function bucketsOf(options: z.output<typeof zBuckets>): BucketOptions {
  const { maxValue, epsilon } = options;
  if (options.type === 'linear') return linearBuckets(maxValue, options.bucketSize, epsilon);
  return exponentialBuckets({ maxValue, firstSize: options.firstBucketSize, ratio: options.ratio }, epsilon);
}
