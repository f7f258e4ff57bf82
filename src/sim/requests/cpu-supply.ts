import type { CpuQuota } from '../../domain/world-spec.js';
import { type CpuTally, noCpuTally, PERIODS, STOPPED, THROTTLED } from './cpu-tally.js';

/**
 * Written for speed: asked at every change of a pod's requests.
 * It means: n threads on `cores` cores run at min(1, cores / n) each, all of them, until what they have used since the period began comes to
 * the quota; then none runs until the next period begins. Without a quota they run all the time.
 *
 * Periods begin with the first thread ever and go on at even distances, as the kernel's bandwidth timer does; what a period leaves is
 * lost. The kernel hands the quota out in slices of 5 ms to each CPU, which is left out, and so is the overrun of a tick.
 *
 * Source: Linux, Documentation/scheduler/sched-bwc.rst.
 */
export class CpuSupply {
  private cores = NaN;
  /** Of them, those that the node leaves it at present. */
  private most = NaN;
  private granted = Infinity;
  private quotaMicros = Infinity;
  private periodMicros: number;
  /** Of all of it, what has not been lost. */
  private kept = 1;
  /** CPU time left in the present period, and when the next one begins: without a quota there is no end of either. */
  private left = Infinity;
  private boundary = Infinity;
  private origin = NaN;
  /** Whether the present period is among the throttled ones already. */
  private noted = false;

  constructor(
    private allCores: number,
    private quota: CpuQuota | undefined,
    /** What became of its periods is added here. */
    private readonly tally: CpuTally = noCpuTally(),
  ) {
    this.cores = allCores;
    this.most = allCores;
    this.periodMicros = quota?.periodMicros ?? Infinity;
    if (quota === undefined) return;
    this.quotaMicros = quota.cores * quota.periodMicros;
    this.left = 0;
    this.boundary = -Infinity;
  }

  /** A share of it is gone from now on, the periods' rest included. */
  lose(share: number): void {
    this.kept = Math.max(LEAST, 1 - share);
    this.settleOn();
    if (this.quota !== undefined) this.left = Math.min(this.left, this.quotaMicros);
  }

  /** Other cores and another quota from now on, which has to be filled. */
  change(cores: number, quota: CpuQuota | undefined): void {
    if (quota === undefined) this.boundary = Infinity;
    else if (this.quota === undefined) this.boundary = -Infinity;
    this.allCores = cores;
    this.quota = quota;
    this.periodMicros = quota?.periodMicros ?? Infinity;
    this.settleOn();
  }

  /**
   * The whole of a new quota is there at once, and stopped threads run again; the period goes on, or begins where there was none.
   * Source: Linux, kernel/sched/core.c, tg_set_cfs_bandwidth.
   */
  refill(at: number, threads: number): void {
    if (threads > 0) this.wake(at);
    this.left = this.quotaMicros;
  }

  private settleOn(): void {
    const { quota } = this;
    this.cores = this.allCores * this.kept;
    this.most = Math.min(this.cores, this.granted);
    this.quotaMicros = quota === undefined ? Infinity : quota.cores * quota.periodMicros * this.kept;
  }

  /** From now on the node leaves it so many cores, Infinity where it has enough. */
  grant(cores: number): void {
    this.granted = cores;
    this.most = Math.min(this.cores, cores);
  }

  /** Cores that n threads run on while they run. */
  busy(n: number): number {
    return n < this.most ? n : this.most;
  }

  /** Cores that n threads could run on if the node were theirs alone. */
  want(n: number): number {
    return n < this.cores ? n : this.cores;
  }

  /** Whether the quota of the present period is used up. */
  get empty(): boolean {
    return this.left <= 0 && this.quotaMicros < Infinity;
  }

  /** When the next period begins. */
  get periodEnds(): number {
    return this.boundary;
  }

  /**
   * When n threads that run from an instant on will have to be looked at: the quota is used up, or a period begins in which it may be;
   * Infinity where they can run for ever.
   */
  runsOutAt(from: number, n: number): number {
    if (this.quotaMicros === Infinity) return Infinity;
    const busy = this.busy(n);
    const out = from + this.left / busy;
    if (out < this.boundary) return out;
    return busy * this.periodMicros > this.quotaMicros ? this.boundary : Infinity;
  }

  /** The quota of the present period is used up now, whatever rounding has left of it. */
  exhaust(): void {
    this.left = 0;
  }

  /** How long n threads run between two instants, in microseconds. */
  running(from: number, to: number, n: number): number {
    if (this.quotaMicros === Infinity) return to - from;
    const busy = this.busy(n);
    const first = Math.min(Math.min(to, this.boundary) - from, this.left / busy);
    if (to <= this.boundary) return first;
    const whole = Math.floor((to - this.boundary) / this.periodMicros);
    const rest = to - this.boundary - whole * this.periodMicros;
    return first + whole * this.runOfPeriod(busy) + Math.min(rest, this.quotaMicros / busy);
  }

  /** How long n threads ran between two instants, in microseconds; takes note that they did. */
  spend(from: number, to: number, n: number): number {
    const left = this.left - (to - from) * this.busy(n);
    // Times one: what a call returns may be anything to the compiler, which would put the other result in a box to match.
    if (to >= this.boundary || left < ROUNDING) return 1 * this.spendAll(from, to, n);
    this.left = left;
    return to - from;
  }

  /** The same where a period may have begun or the quota may have been used up. */
  private spendAll(from: number, to: number, n: number): number {
    const run = this.running(from, to, n);
    this.pass(from, to, n);
    return run;
  }

  private pass(from: number, to: number, n: number): void {
    const busy = this.busy(n);
    if (to < this.boundary) {
      this.note(to - from - this.left / busy);
      this.left = rest(this.left - (to - from) * busy);
      return;
    }
    this.note(this.boundary - from - this.left / busy);
    const whole = Math.floor((to - this.boundary) / this.periodMicros);
    if (whole > 0) this.noteWhole(whole, this.periodMicros - this.quotaMicros / busy);
    const begun = this.boundary + whole * this.periodMicros;
    this.boundary = begun + this.periodMicros;
    this.beginPeriod();
    this.note(to - begun - this.quotaMicros / busy);
    this.left = rest(this.quotaMicros - (to - begun) * busy);
  }

  /** Threads appear where there were none. */
  wake(at: number): void {
    if (this.quotaMicros === Infinity || at < this.boundary) return;
    if (Number.isNaN(this.origin)) this.origin = at;
    this.boundary = this.origin + (Math.floor((at - this.origin) / this.periodMicros) + 1) * this.periodMicros;
    this.left = this.quotaMicros;
    this.beginPeriod();
  }

  /** When n threads will have run for so long after an instant up to which time has passed. */
  after(from: number, run: number, n: number): number {
    if (run <= this.boundary - from && run * this.busy(n) <= this.left) return from + run;
    return 1 * this.afterPeriods(from, run, n);
  }

  /** The same where the present period does not suffice, or hardly. */
  private afterPeriods(from: number, run: number, n: number): number {
    const busy = this.busy(n);
    const first = Math.min(this.boundary - from, this.left / busy);
    if (run <= first + ROUNDING) return from + run;
    const each = this.runOfPeriod(busy);
    const whole = Math.max(0, Math.ceil((run - first - ROUNDING) / each) - 1);
    return this.boundary + whole * this.periodMicros + (run - first - whole * each);
  }

  private beginPeriod(): void {
    this.tally[PERIODS] += 1;
    this.noted = false;
  }

  /** Threads were stopped for so long in the present period; less than the clock resolves is not being stopped. */
  private note(stopped: number): void {
    if (stopped <= 0) return;
    this.tally[STOPPED] += stopped;
    if (stopped <= 1 || this.noted) return;
    this.noted = true;
    this.tally[THROTTLED] += 1;
  }

  private noteWhole(periods: number, stopped: number): void {
    this.tally[PERIODS] += periods;
    if (stopped <= 1) return;
    this.tally[STOPPED] += periods * stopped;
    this.tally[THROTTLED] += periods;
  }

  private runOfPeriod(busy: number): number {
    return Math.min(this.periodMicros, this.quotaMicros / busy);
  }
}

/** Less than a nanosecond of CPU time is none. */
function rest(micros: number): number {
  return micros < ROUNDING ? 0 : micros;
}

/** Who has lost everything keeps this share, so that what it had on board is late instead of nowhere. */
const LEAST = 1e-9;

/** One nanosecond: far above the error of the arithmetic, far below the clock's resolution. */
export const ROUNDING = 1e-3;
