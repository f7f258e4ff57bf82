import { Bug } from '../../../domain/errors.js';
import type { BucketOptions } from './bucket-options.js';
import type { HistogramCheckpoint } from '../../../domain/usage-history.js';
import { maxCheckpointWeight, objectionToCheckpoint } from './histogram-checkpoint.js';

/** Two weights are the same when they differ by no more than this. */
const sameWeight = 1e-15;

/**
 * Weight of samples by bucket. A percentile is the end of the bucket in which it lies, without interpolation.
 *
 * `first` and `last` bound the buckets that are not empty; a bucket outside them may still hold less than epsilon, which counts in
 * the total and in no percentile, and is not scaled. That is how the original behaves, and checkpoints depend on it.
 * Source: VPA, pkg/recommender/util/histogram.go.
 */
export class Histogram {
  private readonly weights: Float64Array;
  private total = 0;
  /** The first bucket that is not empty; the last bucket there is when all are. */
  private first: number;
  /** The last bucket that is not empty; 0 when all are. */
  private last = 0;

  constructor(private readonly options: BucketOptions) {
    this.weights = new Float64Array(options.count);
    this.first = options.count - 1;
  }

  /** Sum of all weights that were added and not taken away. */
  get totalWeight(): number {
    return this.total;
  }

  get isEmpty(): boolean {
    return this.weights[this.first] < this.options.epsilon;
  }

  /** Weight of one bucket. */
  weightOf(bucket: number): number {
    return this.weights[bucket];
  }

  /** Adds a sample; its weight must not be negative. */
  add(value: number, weight: number): void {
    if (!(weight >= 0)) throw new Bug(`a sample's weight must not be negative, was ${weight}`);
    const bucket = this.options.find(value);
    const sum = this.weights[bucket] + weight;
    this.weights[bucket] = sum;
    this.total += weight;
    if (sum < this.options.epsilon) return;
    if (bucket < this.first) this.first = bucket;
    if (bucket > this.last) this.last = bucket;
  }

  /** Takes a sample away that was added before; what is left below epsilon is nothing. */
  subtract(value: number, weight: number): void {
    if (!(weight >= 0)) throw new Bug(`a sample's weight must not be negative, was ${weight}`);
    const bucket = this.options.find(value);
    this.total = this.rest(this.total, weight);
    this.weights[bucket] = this.rest(this.weights[bucket], weight);
    this.dropEmptyEnds();
  }

  /** Adds all samples of another histogram, which must share this one's options. */
  merge(other: Histogram): void {
    if (other.options !== this.options) throw new Bug('histograms of different buckets cannot be merged');
    for (let bucket = other.first; bucket <= other.last; bucket++) this.weights[bucket] += other.weights[bucket];
    this.total += other.total;
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
  }

  /** End of the bucket in which the share lies, the start of the last bucket, which has no end, or 0 when empty. */
  percentile(share: number): number {
    if (this.isEmpty) return 0;
    const threshold = share * this.total;
    let bucket = this.first;
    for (let sum = 0; bucket < this.last; bucket++) {
      sum += this.weights[bucket];
      if (sum >= threshold) break;
    }
    return this.options.start(Math.min(bucket + 1, this.options.count - 1));
  }

  /** Whether both hold the same samples, up to the rounding of sums. */
  equals(other: Histogram): boolean {
    if (other.options !== this.options || other.first !== this.first || other.last !== this.last) return false;
    for (let bucket = this.first; bucket <= this.last; bucket++) {
      if (Math.abs(this.weights[bucket] - other.weights[bucket]) > sameWeight) return false;
    }
    return true;
  }

  /** Multiplies all weights, which leaves every percentile where it is but for buckets that become empty. */
  scale(factor: number): void {
    for (let bucket = this.first; bucket <= this.last; bucket++) this.weights[bucket] *= factor;
    this.total *= factor;
    this.dropEmptyEnds();
  }

  /** What is kept between runs. */
  save(): HistogramCheckpoint {
    let largest = 0;
    for (let bucket = this.first; bucket <= this.last; bucket++) largest = Math.max(largest, this.weights[bucket]);
    const bucketWeights: Record<string, number> = {};
    for (let bucket = this.first; bucket <= this.last; bucket++) {
      const weight = Math.floor(this.weights[bucket] * (maxCheckpointWeight / largest) + 0.5);
      if (weight > 0) bucketWeights[bucket] = weight;
    }
    return { totalWeight: this.total, bucketWeights };
  }

  /** Adds what a checkpoint holds; what is wrong with it in words, null when it was taken over. */
  load(checkpoint: HistogramCheckpoint | null): string | null {
    const objection = objectionToCheckpoint(checkpoint, this.options.count);
    if (objection !== null || checkpoint === null) return objection;
    const entries = Object.entries(checkpoint.bucketWeights).map(
      ([bucket, weight]) => [Number(bucket), weight] as const,
    );
    const sum = entries.reduce((sum, [, weight]) => sum + weight, 0);
    if (sum === 0) return null;
    const ratio = checkpoint.totalWeight / sum;
    for (const [bucket, weight] of entries) {
      this.weights[bucket] += weight * ratio;
      this.first = Math.min(this.first, bucket);
      this.last = Math.max(this.last, bucket);
    }
    this.total += checkpoint.totalWeight;
    // Rounding may have left the outermost weights below epsilon, and an empty first bucket would hide all others.
    this.dropEmptyEnds();
    return null;
  }

  /** A histogram of its own with the same samples. */
  copy(): Histogram {
    const copy = new Histogram(this.options);
    copy.weights.set(this.weights);
    copy.total = this.total;
    copy.first = this.first;
    copy.last = this.last;
    return copy;
  }

  private rest(weight: number, taken: number): number {
    const rest = weight - taken;
    return rest < this.options.epsilon ? 0 : rest;
  }

  private dropEmptyEnds(): void {
    const { epsilon, count } = this.options;
    while (this.weights[this.first] < epsilon && this.first < count - 1) this.first++;
    while (this.weights[this.last] < epsilon && this.last > 0) this.last--;
  }
}
