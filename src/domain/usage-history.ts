/** A histogram as it is kept between runs: whole weights of at most 10,000, in proportion, and their true sum. */
export interface HistogramCheckpoint {
  readonly totalWeight: number;
  /** Weight by bucket; buckets that would round to 0 are left out. */
  readonly bucketWeights: Readonly<Record<string, number>>;
}

/** A decaying histogram as it is kept between runs. */
export interface DecayingCheckpoint extends HistogramCheckpoint {
  /** Instant at which a sample's weight is not changed, in microseconds; null when nothing was ever added. */
  readonly referenceMicros: number | null;
}

/**
 * What VPA's recommender keeps of a container's usage between runs, as its VerticalPodAutoscalerCheckpoint does. Instants are microseconds from
 * the instant zero of whoever keeps it; null where there is no sample.
 */
export interface UsageCheckpoint {
  readonly version: string;
  readonly firstSampleMicros: number | null;
  readonly lastSampleMicros: number | null;
  readonly samples: number;
  readonly cpu: DecayingCheckpoint;
  readonly memory: DecayingCheckpoint;
}
