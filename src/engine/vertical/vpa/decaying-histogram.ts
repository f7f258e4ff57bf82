import type { DecayingCheckpoint } from '../../../domain/usage-history.js';
import type { BucketOptions } from './bucket-options.js';
import { Histogram } from './histogram.js';

/** A sample may weigh 2^100 times what it weighs at the reference, then the reference moves, before numbers overflow. */
const maxDecayExponent = 100;

/** From 0001-01-01 to 1970-01-01: multiples of a half-life count from there, as those of Go's time.Round. */
const yearOneMicros = 62_135_596_800e6;

/**
 * A histogram that forgets: a sample of instant t weighs 2^((t - reference) / halfLife) times its own weight, half as much for each
 * half-life of age. Only proportions matter, so the reference moves on when weights grow too large, and all are scaled.
 *
 * Instants are whole microseconds since 1970. Samples of one instant share one power, which is kept.
 * Source: VPA, pkg/recommender/util/decaying_histogram.go.
 */
export class DecayingHistogram {
  private histogram: Histogram;
  /** Always a multiple of the half-life since year one, once there is a sample. */
  private reference = Number.NEGATIVE_INFINITY;
  private knownAt = Number.NaN;
  private knownFactor = 1;

  constructor(
    private readonly options: BucketOptions,
    private readonly halfLifeMicros: number,
  ) {
    this.histogram = new Histogram(options);
  }

  get totalWeight(): number {
    return this.histogram.totalWeight;
  }

  get isEmpty(): boolean {
    return this.histogram.isEmpty;
  }

  /** Weight of one bucket, as seen from the reference. */
  weightOf(bucket: number): number {
    return this.histogram.weightOf(bucket);
  }

  /** Adds a sample of the given instant. */
  add(value: number, weight: number, at: number): void {
    const factor = this.factor(at);
    this.histogram.add(value, weight * factor);
  }

  /** Takes away a sample that was added with the same instant. */
  subtract(value: number, weight: number, at: number): void {
    const factor = this.factor(at);
    this.histogram.subtract(value, weight * factor);
  }

  /** End of the bucket in which the share of the weight lies; 0 when empty. */
  percentile(share: number): number {
    return this.histogram.percentile(share);
  }

  /** Adds the samples of another one, of the same buckets and half-life, as if they had been added here. */
  merge(other: DecayingHistogram): void {
    const aligned = other.copy();
    if (this.reference < aligned.reference) this.shift(aligned.reference);
    else if (aligned.reference < this.reference) aligned.shift(this.reference);
    this.histogram.merge(aligned.histogram);
  }

  /** Whether both hold the same samples as seen from the same reference. */
  equals(other: DecayingHistogram): boolean {
    const alike = this.halfLifeMicros === other.halfLifeMicros && this.reference === other.reference;
    return alike && this.histogram.equals(other.histogram);
  }

  /** What is kept between runs. */
  save(): DecayingCheckpoint {
    const referenceMicros = Number.isFinite(this.reference) ? this.reference : null;
    return { ...this.histogram.save(), referenceMicros };
  }

  /** Adds what a checkpoint holds and takes over its reference; what is wrong with it in words, null when it was taken over. */
  load(checkpoint: DecayingCheckpoint | null): string | null {
    const objection = this.histogram.load(checkpoint);
    if (objection !== null || checkpoint === null) return objection;
    this.reference = checkpoint.referenceMicros ?? Number.NEGATIVE_INFINITY;
    this.knownAt = Number.NaN;
    return null;
  }

  /** A histogram of its own with the same samples. */
  copy(): DecayingHistogram {
    const copy = new DecayingHistogram(this.options, this.halfLifeMicros);
    copy.histogram = this.histogram.copy();
    copy.reference = this.reference;
    return copy;
  }

  private factor(at: number): number {
    if (at === this.knownAt) return this.knownFactor;
    if (at > this.reference + this.halfLifeMicros * maxDecayExponent) this.shift(at);
    this.knownFactor = 2 ** ((at - this.reference) / this.halfLifeMicros);
    this.knownAt = at;
    return this.knownFactor;
  }

  private shift(to: number): void {
    const reference = wholeHalfLife(to, this.halfLifeMicros);
    const exponent = Math.floor((this.reference - reference) / this.halfLifeMicros + 0.5);
    this.histogram.scale(2 ** exponent);
    this.reference = reference;
    this.knownAt = Number.NaN;
  }
}

/** The nearest multiple of a half-life since year one, the later one where two are as near; in microseconds since 1970. */
export function wholeHalfLife(at: number, halfLifeMicros: number): number {
  const rest = ((at % halfLifeMicros) + (yearOneMicros % halfLifeMicros) + halfLifeMicros) % halfLifeMicros;
  return 2 * rest < halfLifeMicros ? at - rest : at - rest + halfLifeMicros;
}
