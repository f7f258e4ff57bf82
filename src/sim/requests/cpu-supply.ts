import type { CpuQuota } from '../../domain/world-spec.js';

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
  private cores: number;
  private quotaMicros: number;
  private readonly periodMicros: number;
  /** CPU time left in the present period, and when the next one begins. */
  private left = 0;
  private boundary = -Infinity;
  private origin = NaN;

  constructor(
    private readonly allCores: number,
    private readonly quota: CpuQuota | undefined,
  ) {
    this.cores = allCores;
    this.periodMicros = quota?.periodMicros ?? Infinity;
    this.quotaMicros = quota === undefined ? Infinity : quota.cores * quota.periodMicros;
  }

  /** A share of it is gone from now on, the periods' rest included. */
  lose(share: number): void {
    this.cores = this.allCores * (1 - share);
    if (this.quota === undefined) return;
    this.quotaMicros = this.quota.cores * this.quota.periodMicros * (1 - share);
    this.left = Math.min(this.left, this.quotaMicros);
  }

  /** Cores that n threads run on while they run. */
  busy(n: number): number {
    return n < this.cores ? n : this.cores;
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

  /** Takes note that n threads were there between two instants. */
  pass(from: number, to: number, n: number): void {
    if (this.quotaMicros === Infinity) return;
    const busy = this.busy(n);
    if (to < this.boundary) {
      this.left = rest(this.left - (to - from) * busy);
      return;
    }
    const whole = Math.floor((to - this.boundary) / this.periodMicros);
    const begun = this.boundary + whole * this.periodMicros;
    this.boundary = begun + this.periodMicros;
    this.left = rest(this.quotaMicros - (to - begun) * busy);
  }

  /** Threads appear where there were none. */
  wake(at: number): void {
    if (this.quotaMicros === Infinity || at < this.boundary) return;
    if (Number.isNaN(this.origin)) this.origin = at;
    this.boundary = this.origin + (Math.floor((at - this.origin) / this.periodMicros) + 1) * this.periodMicros;
    this.left = this.quotaMicros;
  }

  /** When n threads will have run for so long after an instant up to which time has passed. */
  after(from: number, run: number, n: number): number {
    if (this.quotaMicros === Infinity) return from + run;
    const busy = this.busy(n);
    const first = Math.min(this.boundary - from, this.left / busy);
    if (run <= first + ROUNDING) return from + run;
    const each = this.runOfPeriod(busy);
    const whole = Math.max(0, Math.ceil((run - first - ROUNDING) / each) - 1);
    return this.boundary + whole * this.periodMicros + (run - first - whole * each);
  }

  private runOfPeriod(busy: number): number {
    return Math.min(this.periodMicros, this.quotaMicros / busy);
  }
}

/** Less than a nanosecond of CPU time is none. */
function rest(micros: number): number {
  return micros < ROUNDING ? 0 : micros;
}

/** One nanosecond: far above the error of the arithmetic, far below the clock's resolution. */
export const ROUNDING = 1e-3;
