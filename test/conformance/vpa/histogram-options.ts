import { z } from 'zod';
import type { Judge } from '../judge.js';
import { bucketsOf, zBuckets } from './vector-buckets.js';
import { expectNear } from './expect-near.js';

const zCase = z.looseObject({
  input: z.looseObject({
    options: zBuckets,
    query: z.union([
      z.strictObject({ numBuckets: z.literal(true) }),
      z.strictObject({ bucketStart: z.number() }),
      z.strictObject({ findBucket: z.number() }),
      z.strictObject({ epsilon: z.literal(true) }),
    ]),
  }),
  expect: z.strictObject({ value: z.number() }),
});

/** How a range is divided into buckets. */
export const judgeHistogramOptions: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const buckets = bucketsOf(input.options);
  const { query } = input;
  if ('numBuckets' in query) return expectNear('numBuckets', buckets.count, expect.value, 0);
  if ('epsilon' in query) return expectNear('epsilon', buckets.epsilon, expect.value, 0);
  if ('findBucket' in query) return expectNear('findBucket', buckets.find(query.findBucket), expect.value, 0);
  return expectNear('bucketStart', buckets.start(query.bucketStart), expect.value, 1e-15);
};
