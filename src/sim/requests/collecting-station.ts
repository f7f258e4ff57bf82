import type { PodSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { ROUNDING } from './cpu-supply.js';
import { SharingStation } from './sharing-station.js';
import { CPU_TIME } from './station.js';

/**
 * A sharing station whose process has a heap that is collected. Threads that collect use the same supply of CPU as the requests: beside
 * them they are as many more threads, and while the program stands still they are the only ones, so that a quota is used up by them as by others.
 *
 * While it stands still nobody completes: a CPU phase gets on with nothing, and a wait that ends then goes on at the end of the stop.
 */
export class CollectingStation extends SharingStation {
  private collectors = 0;
  private stands = false;
  /** CPU time that collecting has used, in microseconds. */
  private readonly collected = new Float64Array(1);

  /** So many threads collect from now on, while the program stands still or beside it. */
  collect(threads: number, stands: boolean): void {
    const { now } = this.board;
    this.moveTo(now);
    if (this.stands && !stands) this.endWaits(now);
    this.collectors = threads;
    this.stands = stands;
    this.lookAhead();
  }

  /** When the threads that collect will have used so much more CPU time, in microseconds, as things stand. */
  collectedAt(cpuMicros: number): Micros {
    this.moveTo(this.board.now);
    const run = cpuMicros / (this.collectors * this.pace());
    return micros(Math.ceil(this.cpu.after(this.movedAt, run, this.threads()) - ROUNDING));
  }

  /** CPU time that requests have used so far, in microseconds. */
  requestMicros(): number {
    return this.used[CPU_TIME] + (this.stands ? 0 : this.sinceMoved() * this.active.size);
  }

  /** Cores that requests run on at present, or will when the quota is back. */
  requestCores(): number {
    return this.active.size === 0 || this.stands ? 0 : this.active.size * this.pace();
  }

  /** CPU time that collecting has used so far, in microseconds. */
  collectMicros(): number {
    return this.collected[0] + this.sinceMoved() * this.collectors;
  }

  override cpuMicros(): number {
    return this.requestMicros() + this.collectMicros();
  }

  override clear(): number[] {
    const all = super.clear();
    this.collectors = 0;
    this.stands = false;
    return all;
  }

  override resupply(pod: PodSpec): void {
    super.resupply(pod);
    if (this.collectors === 0) return;
    this.cpu.refill(this.board.now, this.threads());
    this.lookAhead();
  }

  protected override finishNext(): boolean {
    return !this.stands && super.finishNext();
  }

  protected override moveTo(at: number): void {
    if (this.collectors === 0) {
      super.moveTo(at);
      return;
    }
    const each = this.cpu.spend(this.movedAt, at, this.threads()) * this.pace();
    this.movedAt = at;
    this.collected[0] += each * this.collectors;
    if (this.active.size === 0) this.virtual = 0;
    else if (!this.stands) {
      this.used[CPU_TIME] += each * this.active.size;
      this.virtual += each;
    }
  }

  protected override threadsChanged(): void {
    if (this.collectors === 0) super.threadsChanged();
    else if (this.stands || this.active.size === 0) this.phaseEndsAt = Infinity;
    else {
      const run = (this.active.minKey - this.virtual) / this.pace();
      const ends = this.cpu.after(this.movedAt, run, this.threads()) - ROUNDING;
      this.phaseEndsAt = Math.ceil(Math.max(this.movedAt, ends));
    }
  }

  protected override announce(): void {
    if (this.stands) this.board.nextAt[this.index] = Infinity;
    else super.announce();
  }

  /** Threads that can run. */
  private threads(): number {
    return this.collectors + (this.stands ? 0 : this.active.size);
  }

  /** CPU time of each of them in a microsecond in which they run. */
  private pace(): number {
    return this.cpu.busy(this.threads()) / this.threads();
  }

  /** CPU time of each of them since virtual time was brought up to date. */
  private sinceMoved(): number {
    const threads = this.threads();
    return threads === 0 ? 0 : this.cpu.running(this.movedAt, this.board.now, threads) * this.pace();
  }

  private endWaits(now: number): void {
    while (this.pausing.minKey < now) {
      const visit = this.pausing.minVisit;
      this.pausing.pop();
      this.pausing.push(now, visit);
    }
  }
}
