import type { JvmTotals } from '../../domain/jvm/jvm-totals.js';
import type { Micros } from '../../kernel/micros.js';

type Counts = { -readonly [Key in keyof Omit<JvmTotals, 'failedStart'>]: number };

/** What the collectors of a workload's pods have done, since the start and since the end of the warm-up. */
export class JvmBooks {
  private readonly counts = nothing();
  private before = nothing();
  private failedStart = '';
  private running = 0;
  private stopped = 0;
  private since: Micros;
  private readonly shares: number[] = [];
  private rowStart = nothing();

  constructor(start: Micros) {
    this.since = start;
  }

  /** One container more (1) or less (-1) runs. */
  changeRunning(by: 1 | -1, now: Micros): void {
    this.pass(now);
    this.running += by;
  }

  /** One program more (1) or less (-1) stands still. */
  changeStopped(by: 1 | -1, now: Micros): void {
    this.pass(now);
    this.stopped += by;
  }

  /** One more of something. */
  count(what: 'youngCollections' | 'fullCollections' | 'outOfMemory'): void {
    this.counts[what] += 1;
  }

  /** CPU time that collecting has used. */
  use(cpuMicros: number): void {
    this.counts.collectCpuMicros += cpuMicros;
  }

  /** A JVM has not started, for a reason in words. */
  refuse(reason: string): void {
    this.counts.failedStarts += 1;
    this.failedStart = reason;
  }

  /** The warm-up is over: totals start here. */
  startCounting(now: Micros): void {
    this.pass(now);
    this.before = { ...this.counts };
  }

  /** Ends a step of the series. */
  closeStep(now: Micros): void {
    this.pass(now);
    const { counts, rowStart } = this;
    this.shares.push((counts.pausedMicros - rowStart.pausedMicros) / (counts.runMicros - rowStart.runMicros));
    this.rowStart = { ...counts };
  }

  /** Share of the time of running containers for which their programs stood still, a row a step; NaN where none ran. */
  columns(): Record<string, Float64Array> {
    return { gcPausedShare: Float64Array.from(this.shares) };
  }

  /** Since the end of the warm-up. */
  totals(): JvmTotals {
    const { counts, before, failedStart } = this;
    const since = nothing();
    for (const key of KEYS) since[key] = counts[key] - before[key];
    return { ...since, failedStart: since.failedStarts > 0 ? failedStart : '' };
  }

  private pass(now: Micros): void {
    const elapsed = now - this.since;
    this.counts.runMicros += this.running * elapsed;
    this.counts.pausedMicros += this.stopped * elapsed;
    this.since = now;
  }
}

const KEYS = [
  'runMicros',
  'pausedMicros',
  'collectCpuMicros',
  'youngCollections',
  'fullCollections',
  'outOfMemory',
  'failedStarts',
] as const;

function nothing(): Counts {
  return {
    runMicros: 0,
    pausedMicros: 0,
    collectCpuMicros: 0,
    youngCollections: 0,
    fullCollections: 0,
    outOfMemory: 0,
    failedStarts: 0,
  };
}
