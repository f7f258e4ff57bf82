import { z } from 'zod';
import type { BucketOptions } from '../../../src/engine/vertical/vpa/bucket-options.js';
import { DecayingHistogram } from '../../../src/engine/vertical/vpa/decaying-histogram.js';
import { Histogram } from '../../../src/engine/vertical/vpa/histogram.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { expectNear } from './expect-near.js';
import { bucketsOf, zBuckets } from './vector-buckets.js';

const zOps = z
  .array(
    z.looseObject({
      op: z.enum(['add', 'subtract']),
      value: z.number(),
      weight: z.number(),
      timeSeconds: z.number().default(0),
    }),
  )
  .default([]);

const zCheckpoint = z.looseObject({
  totalWeight: z.number(),
  bucketWeights: z.record(z.string(), z.number()).default({}),
  referenceTimeSeconds: z.number().optional(),
});

const zInput = z.looseObject({
  options: zBuckets,
  halfLifeSeconds: z.number().optional(),
  timeOriginUnixSeconds: z.number().default(0),
  ops: zOps,
  merge: zOps.optional(),
  load: zCheckpoint.nullable().optional(),
  roundTripCheckpoint: z.boolean().default(false),
  query: z.union([
    z.strictObject({ percentile: z.number() }),
    z.strictObject({ isEmpty: z.literal(true) }),
    z.strictObject({ equals: zOps }),
    z.strictObject({ checkpoint: z.literal(true) }),
    z.strictObject({ bucketWeights: z.array(z.number()) }),
    z.strictObject({ error: z.literal(true) }),
  ]),
});

const zCase = z.looseObject({
  input: zInput,
  expect: z.union([
    z.strictObject({ value: z.number(), relativeTolerance: z.number().default(1e-15) }),
    z.strictObject({ value: z.boolean() }),
    z.looseObject({ totalWeight: z.number(), bucketWeights: z.record(z.string(), z.number()) }),
    z.strictObject({ error: z.boolean() }),
  ]),
});

type Input = z.output<typeof zInput>;
type Ops = z.output<typeof zOps>;
type Either = Histogram | DecayingHistogram;

/** Plain and decaying histograms, their percentiles and checkpoints. */
export const judgeHistogram: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const buckets = bucketsOf(input.options);
  const built = build(input, buckets, input.ops);
  if (input.merge !== undefined) merge(built, build(input, buckets, input.merge));
  const problem = input.load === undefined ? null : load(built, input.load, input);
  const histogram = input.roundTripCheckpoint ? reload(built, empty(input, buckets)) : built;
  const { query } = input;
  if ('error' in query) return expectEqual('error', { error: problem !== null }, expect);
  if (problem !== null) return [`unexpected error: ${problem}`];
  if ('percentile' in query) {
    const { value, relativeTolerance } = z
      .looseObject({ value: z.number(), relativeTolerance: z.number() })
      .parse(expect);
    return expectNear('percentile', histogram.percentile(query.percentile), value, relativeTolerance);
  }
  if ('isEmpty' in query) return expectEqual('isEmpty', { value: histogram.isEmpty }, expect);
  if ('equals' in query) {
    return expectEqual('equals', { value: equal(histogram, build(input, buckets, query.equals)) }, expect);
  }
  const weights = z.looseObject({ totalWeight: z.number(), bucketWeights: z.record(z.string(), z.number()) });
  const wanted = weights.parse(expect);
  const { totalWeight, bucketWeights } = 'checkpoint' in query ? histogram.save() : weightsOf(histogram, query);
  return [
    ...expectNear('totalWeight', totalWeight, wanted.totalWeight, 1e-15),
    ...expectEqual('bucketWeights', bucketWeights, wanted.bucketWeights),
  ];
};

function empty(input: Input, buckets: BucketOptions): Either {
  if (input.halfLifeSeconds === undefined) return new Histogram(buckets);
  return new DecayingHistogram(buckets, input.halfLifeSeconds * 1e6);
}

function build(input: Input, buckets: BucketOptions, ops: Ops): Either {
  const histogram = empty(input, buckets);
  for (const { op, value, weight, timeSeconds } of ops) {
    if (histogram instanceof Histogram) histogram[op](value, weight);
    else histogram[op](value, weight, (input.timeOriginUnixSeconds + timeSeconds) * 1e6);
  }
  return histogram;
}

function merge(into: Either, other: Either): void {
  if (into instanceof Histogram && other instanceof Histogram) into.merge(other);
  if (into instanceof DecayingHistogram && other instanceof DecayingHistogram) into.merge(other);
}

function equal(a: Either, b: Either): boolean {
  if (a instanceof Histogram && b instanceof Histogram) return a.equals(b);
  return a instanceof DecayingHistogram && b instanceof DecayingHistogram && a.equals(b);
}

function load(histogram: Either, checkpoint: z.output<typeof zCheckpoint> | null, input: Input): string | null {
  if (histogram instanceof Histogram || checkpoint === null)
    return histogram.load(null === checkpoint ? null : { ...checkpoint, referenceMicros: null });
  const seconds = checkpoint.referenceTimeSeconds;
  const referenceMicros = seconds === undefined ? null : (input.timeOriginUnixSeconds + seconds) * 1e6;
  return histogram.load({ ...checkpoint, referenceMicros });
}

function reload(from: Either, into: Either): Either {
  if (from instanceof Histogram && into instanceof Histogram) into.load(from.save());
  if (from instanceof DecayingHistogram && into instanceof DecayingHistogram) into.load(from.save());
  return into;
}

function weightsOf(histogram: Either, { bucketWeights }: { readonly bucketWeights: readonly number[] }) {
  const weights = Object.fromEntries(bucketWeights.map((bucket) => [String(bucket), histogram.weightOf(bucket)]));
  return { totalWeight: histogram.totalWeight, bucketWeights: weights };
}
