/** How a histogram divides its range into buckets. Bucket 0 begins at 0, the last one has no end. */
export interface BucketOptions {
  /** How many buckets there are, at least one. */
  readonly count: number;
  /** A bucket with less weight than this counts as empty. */
  readonly epsilon: number;
  /** Bucket into which a value falls; the first or the last one where it lies outside the range. */
  find(value: number): number;
  /** Smallest value of a bucket, for 0 <= bucket < count. */
  start(bucket: number): number;
}
