import { amountOf, scaleAmount } from './resource-amounts.js';

/** Where a container's samples go. */
export interface UsageSink {
  /** A CPU sample in cores. */
  addCpu(cores: number, at: number): void;
  /** The peak of an interval, in bytes, at the interval's end. */
  addMemoryPeak(bytes: number, at: number): void;
  /** Takes away a peak that was added. */
  subtractMemoryPeak(bytes: number, at: number): void;
}

/** How peaks are taken, and what an out-of-memory kill says of the memory that was needed. */
export interface PeakRules {
  /** One peak for each container and interval of this length. */
  readonly aggregationMicros: number;
  /** What is needed after a kill, at least: the memory used times this ... */
  readonly oomBumpUpRatio: number;
  /** ... and that much more, in bytes. */
  readonly oomMinBumpUpBytes: number;
}

const never = Number.NEGATIVE_INFINITY;

/**
 * One container of one pod: puts its samples in order, and memory samples into one peak an interval.
 *
 * Instants are whole microseconds since 1970; amounts are whole. The interval's end is the instant of the peak, so that a peak
 * weighs the same whenever in the interval it was seen. Source: VPA, pkg/recommender/model/container.go, at head, where a kill is
 * too old by the last memory sample and no longer by the end of the interval (kubernetes/autoscaler#8548).
 */
export class ContainerUsage {
  private lastCpuAt = never;
  private lastMemoryAt = never;
  /** End of the present interval; before any time when there is none yet. */
  private windowEnd = never;
  /** Highest usage seen in the interval. */
  private memoryPeak = 0;
  /** Highest need concluded from kills in the interval. */
  private oomPeak = 0;

  constructor(
    private readonly rules: PeakRules,
    private readonly sink: UsageSink,
  ) {}

  /** Takes a CPU sample; false where it is negative, a duplicate or out of order. */
  addCpu(millicores: number, at: number): boolean {
    if (!(millicores >= 0) || at <= this.lastCpuAt) return false;
    this.sink.addCpu(millicores / 1000, at);
    this.lastCpuAt = at;
    return true;
  }

  /** Takes a memory sample; false where it is negative or out of order. */
  addMemory(bytes: number, at: number): boolean {
    if (!(bytes >= 0) || at < this.lastMemoryAt) return false;
    if (this.addPeak(bytes, at)) this.memoryPeak = bytes;
    return true;
  }

  /**
   * Takes an out-of-memory kill as a sample of what would have been needed; false where it is too old.
   *
   * It starts from the memory requested or used, never from what earlier kills led to, so that a container killed again and again
   * does not run away.
   */
  recordOom(requestedBytes: number, at: number): boolean {
    if (at < this.lastMemoryAt - this.rules.aggregationMicros) return false;
    const used = Math.max(requestedBytes, this.memoryPeak);
    const { oomBumpUpRatio, oomMinBumpUpBytes } = this.rules;
    const needed = Math.max(used + amountOf(oomMinBumpUpBytes), scaleAmount(used, oomBumpUpRatio));
    if (this.addPeak(needed, at)) this.oomPeak = needed;
    return true;
  }

  /** Takes the unfinished interval's peak away from `sink`, so that it cannot count twice after a restart. */
  withdrawOpenPeak(sink: UsageSink, now: number): void {
    if (now < this.windowEnd) sink.subtractMemoryPeak(this.highest, this.windowEnd);
  }

  private get highest(): number {
    return Math.max(this.memoryPeak, this.oomPeak);
  }

  /** Whether it is the interval's new peak, which has then been handed on. */
  private addPeak(bytes: number, at: number): boolean {
    this.lastMemoryAt = at;
    if (this.windowEnd === never) this.windowEnd = at;
    if (at >= this.windowEnd) this.openWindow(at);
    else if (!this.exceeds(bytes)) return false;
    this.sink.addMemoryPeak(bytes, this.windowEnd);
    return true;
  }

  private openWindow(at: number): void {
    const { aggregationMicros } = this.rules;
    this.windowEnd += (Math.floor((at - this.windowEnd) / aggregationMicros) + 1) * aggregationMicros;
    this.memoryPeak = 0;
    this.oomPeak = 0;
  }

  /** A peak of 0 is never replaced within its interval; so in the original. */
  private exceeds(bytes: number): boolean {
    const old = this.highest;
    if (old === 0 || bytes <= old) return false;
    this.sink.subtractMemoryPeak(old, this.windowEnd);
    return true;
  }
}
