import { DepartureHeap } from './departure-heap.js';
import type { CompletionSink, Station, StationConfig } from './station.js';
import { VISIT, type Visits } from './visits.js';
import { WaitingLine } from './waiting-line.js';

/**
 * Written for speed: `offer` and `settle` run once a request.
 * It means: n visits in their CPU phase each progress at min(1, cores / n); the one that has its demand first leaves first.
 *
 * In virtual time, which advances at the rate every visit progresses, a visit's end is fixed when it begins: no list is ever walked.
 * Virtual time moves only when the set of visits changes, never because somebody looks, so that looking changes no rounding.
 * A completion falls on the first whole microsecond at which the demand is met, up to a nanosecond of rounding error.
 */
export class SharingStation implements Station {
  readonly index: number;
  nextAt = Infinity;
  inFlight = 0;
  waitedMicros = 0;
  begun = 0;
  private readonly line: WaitingLine;
  private readonly active = new DepartureHeap();
  private readonly pausing = new DepartureHeap();
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private cores: number;
  private admitted = 0;
  private virtual = 0;
  private movedAt = 0;
  private cpuDone = 0;
  private factor = 1;

  constructor(
    config: StationConfig,
    private readonly allCores: number,
    private readonly visits: Visits,
    private readonly sink: CompletionSink,
  ) {
    this.index = config.index;
    this.concurrency = config.concurrency;
    this.queueLimit = config.queueLimit;
    this.cores = allCores;
    this.line = new WaitingLine(visits);
  }

  get queued(): number {
    return this.line.length;
  }

  offer(visit: number, at: number): boolean {
    if (this.admitted < this.concurrency) {
      this.inFlight += 1;
      this.admit(visit, at);
      this.lookAhead();
      return true;
    }
    if (this.line.length >= this.queueLimit) return false;
    this.inFlight += 1;
    this.visits.state[visit] = VISIT.waiting;
    this.visits.arrivedAt[visit] = at;
    this.line.push(visit);
    return true;
  }

  settle(until: number): void {
    while (this.nextAt <= until) {
      const at = this.nextAt;
      if (this.pausing.minKey > at) this.endCpuPhase(at);
      else this.complete(this.takePaused(), at);
      this.lookAhead();
    }
  }

  letGo(_visit: number, at: number): void {
    this.leave(at);
    this.lookAhead();
  }

  withdraw(visit: number, at: number): void {
    if (this.visits.state[visit] === VISIT.waiting) {
      this.line.remove(visit);
      this.inFlight -= 1;
      return;
    }
    this.moveTo(at);
    this.active.remove(visit);
    this.pausing.remove(visit);
    this.leave(at);
    this.lookAhead();
  }

  clear(at: number): number[] {
    this.moveTo(at);
    const all: number[] = [];
    for (const heap of [this.active, this.pausing]) {
      for (let i = 0; i < heap.size; i += 1) all.push(heap.visitAt(i));
      while (heap.size > 0) heap.pop();
    }
    for (let visit = this.line.shift(); visit >= 0; visit = this.line.shift()) all.push(visit);
    if (all.length < this.inFlight) all.push(...this.visits.holdingAt(this.index));
    this.admitted = 0;
    this.inFlight = 0;
    this.nextAt = Infinity;
    return all;
  }

  cpuMicros(at: number): number {
    return this.cpuDone + (at - this.movedAt) * Math.min(this.active.size, this.cores);
  }

  busyMicros(at: number): number {
    return this.cpuMicros(at);
  }

  loseCapacity(share: number, at: number): void {
    this.moveTo(at);
    this.cores = this.allCores * (1 - share);
    this.lookAhead();
  }

  slow(factor: number): void {
    this.factor = factor;
  }

  private admit(visit: number, at: number): void {
    const { visits } = this;
    this.moveTo(at);
    this.admitted += 1;
    this.begun += 1;
    visits.state[visit] = VISIT.served;
    visits.startedAt[visit] = at;
    visits.cpu[visit] *= this.factor;
    this.active.push(this.virtual + visits.cpu[visit], visit);
  }

  private endCpuPhase(at: number): void {
    this.moveTo(at);
    const visit = this.active.minVisit;
    this.active.pop();
    const wait = this.visits.wait[visit];
    if (wait > 0) this.pausing.push(Math.round(at + wait), visit);
    else this.complete(visit, at);
  }

  private takePaused(): number {
    const visit = this.pausing.minVisit;
    this.pausing.pop();
    return visit;
  }

  private complete(visit: number, at: number): void {
    if (this.sink.completed(visit, at, this)) {
      this.visits.state[visit] = VISIT.holding;
      return;
    }
    this.visits.release(visit);
    this.leave(at);
  }

  private leave(at: number): void {
    this.admitted -= 1;
    this.inFlight -= 1;
    if (this.line.length === 0 || this.admitted >= this.concurrency) return;
    const next = this.line.shift();
    this.waitedMicros += at - this.visits.arrivedAt[next];
    this.admit(next, at);
  }

  /** Brings virtual time up to an instant at which the set of visits changes. */
  private moveTo(at: number): void {
    const n = this.active.size;
    const elapsed = at - this.movedAt;
    this.movedAt = at;
    if (n === 0) {
      this.virtual = 0;
      return;
    }
    this.cpuDone += elapsed * Math.min(n, this.cores);
    this.virtual += elapsed * Math.min(1, this.cores / n);
  }

  private lookAhead(): void {
    const n = this.active.size;
    let next = this.pausing.minKey;
    if (n > 0) {
      const left = (this.active.minKey - this.virtual) / Math.min(1, this.cores / n);
      next = Math.min(next, Math.max(this.movedAt, Math.ceil(this.movedAt + left - ROUNDING)));
    }
    this.nextAt = next;
  }
}

/** One nanosecond: far above the error of the arithmetic, far below the clock's resolution. */
const ROUNDING = 1e-3;
