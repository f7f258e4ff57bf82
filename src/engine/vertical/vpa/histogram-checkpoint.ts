import type { HistogramCheckpoint } from '../../../domain/usage-history.js';

/** The largest weight of a bucket in a checkpoint. */
export const maxCheckpointWeight = 10_000;

/** What is wrong with a checkpoint for a histogram of so many buckets, in words; null when it can be loaded. */
export function objectionToCheckpoint(checkpoint: HistogramCheckpoint | null, buckets: number): string | null {
  if (checkpoint === null) return 'there is no checkpoint to load';
  if (!(checkpoint.totalWeight >= 0)) return `its total weight is ${checkpoint.totalWeight}, which is negative`;
  const unknown = Object.keys(checkpoint.bucketWeights).find((bucket) => !isBucket(Number(bucket), buckets));
  return unknown === undefined ? null : `it has a bucket ${unknown}, the histogram has ${buckets}, counted from 0`;
}

function isBucket(bucket: number, buckets: number): boolean {
  return Number.isInteger(bucket) && bucket >= 0 && bucket < buckets;
}
