import type { UsageCheckpoint } from '../../../domain/usage-history.js';
import { DecayingHistogram } from './decaying-histogram.js';
import { exponentialBuckets } from './exponential-buckets.js';
import type { UsageHistory } from './usage-history.js';

/** The least that any sample weighs, before decay; each CPU sample weighs it. */
export const minSampleWeight = 0.1;

/** What a memory peak weighs, before decay. */
export const memoryPeakWeight = 1;

const epsilon = 0.001 * minSampleWeight;
/** Each bucket is 5% wider than the one before: no percentile is off by more. */
const ratio = 1.05;
const cpuBuckets = exponentialBuckets({ maxValue: 1000, firstSize: 0.01, ratio }, epsilon);
const memoryBuckets = exponentialBuckets({ maxValue: 1e12, firstSize: 1e7, ratio }, epsilon);

/** The version of checkpoints that can be loaded; VPA's own. */
export const checkpointVersion = 'v3';

/** How fast an aggregate forgets, in microseconds. */
export interface HalfLives {
  readonly cpuMicros: number;
  readonly memoryMicros: number;
}

/**
 * What containers of one name have used: every CPU sample, and one memory peak for each container and interval.
 *
 * Only CPU samples count in the number of samples and in the time they cover. Source: VPA, AggregateContainerState.
 */
export class UsageAggregate implements UsageHistory {
  firstSampleMicros: number | null = null;
  lastSampleMicros: number | null = null;
  samples = 0;

  constructor(
    /** Of cores. */
    readonly cpu: DecayingHistogram,
    /** Of bytes. */
    readonly memoryPeaks: DecayingHistogram,
  ) {}

  /** An empty one with the buckets of the original: 10 millicores to 1,000 cores, 10 MB to 1 TB. */
  static empty({ cpuMicros, memoryMicros }: HalfLives): UsageAggregate {
    return new UsageAggregate(
      new DecayingHistogram(cpuBuckets, cpuMicros),
      new DecayingHistogram(memoryBuckets, memoryMicros),
    );
  }

  get lifespanMicros(): number {
    return this.firstSampleMicros === null || this.lastSampleMicros === null
      ? 0
      : this.lastSampleMicros - this.firstSampleMicros;
  }

  percentile(resource: 'cpu' | 'memory', share: number): number {
    return (resource === 'cpu' ? this.cpu : this.memoryPeaks).percentile(share);
  }

  /** A CPU sample in cores. */
  addCpu(cores: number, at: number): void {
    this.cpu.add(cores, minSampleWeight, at);
    if (this.lastSampleMicros === null || at > this.lastSampleMicros) this.lastSampleMicros = at;
    if (this.firstSampleMicros === null || at < this.firstSampleMicros) this.firstSampleMicros = at;
    this.samples++;
  }

  /** The peak of an interval, in bytes, at the interval's end. */
  addMemoryPeak(bytes: number, at: number): void {
    this.memoryPeaks.add(bytes, memoryPeakWeight, at);
  }

  /** Takes a peak away that has been exceeded. */
  subtractMemoryPeak(bytes: number, at: number): void {
    this.memoryPeaks.subtract(bytes, memoryPeakWeight, at);
  }

  /** Adds everything another one has seen. */
  merge(other: UsageAggregate): void {
    this.cpu.merge(other.cpu);
    this.memoryPeaks.merge(other.memoryPeaks);
    this.firstSampleMicros = extreme(Math.min, this.firstSampleMicros, other.firstSampleMicros);
    this.lastSampleMicros = extreme(Math.max, this.lastSampleMicros, other.lastSampleMicros);
    this.samples += other.samples;
  }

  /** One of its own with the same samples. */
  copy(): UsageAggregate {
    const copy = new UsageAggregate(this.cpu.copy(), this.memoryPeaks.copy());
    copy.firstSampleMicros = this.firstSampleMicros;
    copy.lastSampleMicros = this.lastSampleMicros;
    copy.samples = this.samples;
    return copy;
  }

  /** What is kept between runs; weights are rounded to a ten-thousandth of the largest. */
  save(): UsageCheckpoint {
    return {
      version: checkpointVersion,
      firstSampleMicros: this.firstSampleMicros,
      lastSampleMicros: this.lastSampleMicros,
      samples: this.samples,
      cpu: this.cpu.save(),
      memory: this.memoryPeaks.save(),
    };
  }

  /** Takes a checkpoint over into an empty aggregate; what is wrong with it in words, null when it was taken over. */
  load(checkpoint: UsageCheckpoint): string | null {
    if (checkpoint.version !== checkpointVersion) {
      return `its version is ${checkpoint.version}, only ${checkpointVersion} can be read`;
    }
    this.samples = checkpoint.samples;
    this.firstSampleMicros = checkpoint.firstSampleMicros;
    this.lastSampleMicros = checkpoint.lastSampleMicros;
    return this.memoryPeaks.load(checkpoint.memory) ?? this.cpu.load(checkpoint.cpu);
  }
}

function extreme(choose: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return choose(a, b);
}
