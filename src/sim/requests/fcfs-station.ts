import { DepartureHeap } from './departure-heap.js';
import type { CompletionSink, Station, StationConfig } from './station.js';
import { VISIT, type Visits } from './visits.js';
import { WaitingLine } from './waiting-line.js';

/**
 * Written for speed: `offer` and `settle` run once a request.
 * It means: `concurrency` workers, each serving one visit at a time for `cpu + wait`, the rest waiting in order of arrival.
 */
export class FcfsStation implements Station {
  readonly index: number;
  nextAt = Infinity;
  inFlight = 0;
  waitedMicros = 0;
  begun = 0;
  private readonly line: WaitingLine;
  private readonly serving = new DepartureHeap();
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private workers: number;
  private held = 0;
  private cpuDone = 0;
  private busyDone = 0;
  private factor = 1;

  constructor(
    config: StationConfig,
    private readonly visits: Visits,
    private readonly sink: CompletionSink,
  ) {
    this.index = config.index;
    this.concurrency = config.concurrency;
    this.workers = config.concurrency;
    this.queueLimit = config.queueLimit;
    this.line = new WaitingLine(visits);
  }

  get queued(): number {
    return this.line.length;
  }

  offer(visit: number, at: number): boolean {
    if (this.serving.size + this.held < this.workers) {
      this.inFlight += 1;
      this.begun += 1;
      this.serving.push(this.begin(visit, at), visit);
      this.nextAt = this.serving.minKey;
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
    while (this.nextAt <= until) this.completeNext(this.nextAt);
  }

  letGo(visit: number, at: number): void {
    this.held -= 1;
    this.inFlight -= 1;
    this.busyDone += at - this.visits.startedAt[visit];
    this.fill(at);
  }

  withdraw(visit: number, at: number): void {
    const state = this.visits.state[visit];
    if (state === VISIT.holding) {
      this.letGo(visit, at);
      return;
    }
    this.inFlight -= 1;
    if (state === VISIT.waiting) {
      this.line.remove(visit);
      return;
    }
    this.serving.remove(visit);
    this.cpuDone += this.cpuSoFar(visit, at);
    this.busyDone += at - this.visits.startedAt[visit];
    this.nextAt = this.serving.minKey;
    this.fill(at);
  }

  clear(at: number): number[] {
    const all: number[] = [];
    for (let i = 0; i < this.serving.size; i += 1) {
      const visit = this.serving.visitAt(i);
      this.cpuDone += this.cpuSoFar(visit, at);
      this.busyDone += at - this.visits.startedAt[visit];
      all.push(visit);
    }
    while (this.serving.size > 0) this.serving.pop();
    for (let visit = this.line.shift(); visit >= 0; visit = this.line.shift()) all.push(visit);
    for (const visit of this.held === 0 ? [] : this.visits.holdingAt(this.index)) {
      this.busyDone += at - this.visits.startedAt[visit];
      all.push(visit);
    }
    this.nextAt = Infinity;
    this.held = 0;
    this.inFlight = 0;
    return all;
  }

  cpuMicros(at: number): number {
    let sum = this.cpuDone;
    for (let i = 0; i < this.serving.size; i += 1) sum += this.cpuSoFar(this.serving.visitAt(i), at);
    return sum;
  }

  busyMicros(at: number): number {
    let sum = this.busyDone;
    for (let i = 0; i < this.serving.size; i += 1) sum += at - this.visits.startedAt[this.serving.visitAt(i)];
    return sum;
  }

  loseCapacity(share: number, at: number): void {
    this.workers = Math.round(this.concurrency * (1 - share));
    this.fill(at);
  }

  slow(factor: number): void {
    this.factor = factor;
  }

  private completeNext(at: number): void {
    const visit = this.serving.minVisit;
    this.cpuDone += this.visits.cpu[visit];
    if (this.sink.completed(visit, at, this)) {
      this.visits.state[visit] = VISIT.holding;
      this.held += 1;
      this.serving.pop();
    } else {
      this.inFlight -= 1;
      this.busyDone += at - this.visits.startedAt[visit];
      this.visits.release(visit);
      this.refill(at);
    }
    this.nextAt = this.serving.minKey;
  }

  /** The worker at the top of the heap is free: it takes the first who waits. */
  private refill(at: number): void {
    if (this.line.length === 0 || this.serving.size + this.held > this.workers) {
      this.serving.pop();
      return;
    }
    const next = this.line.shift();
    this.countWait(next, at);
    this.serving.replaceMin(this.begin(next, at), next);
  }

  private fill(at: number): void {
    while (this.line.length > 0 && this.serving.size + this.held < this.workers) {
      const next = this.line.shift();
      this.countWait(next, at);
      this.serving.push(this.begin(next, at), next);
    }
    this.nextAt = this.serving.minKey;
  }

  private countWait(visit: number, at: number): void {
    this.begun += 1;
    this.waitedMicros += at - this.visits.arrivedAt[visit];
  }

  /** Starts service and returns the instant it ends. */
  private begin(visit: number, at: number): number {
    const { visits } = this;
    visits.state[visit] = VISIT.served;
    visits.startedAt[visit] = at;
    if (this.factor !== 1) this.stretch(visit);
    return Math.round(at + visits.cpu[visit] + visits.wait[visit]);
  }

  private stretch(visit: number): void {
    this.visits.cpu[visit] *= this.factor;
    this.visits.wait[visit] *= this.factor;
  }

  private cpuSoFar(visit: number, at: number): number {
    return Math.min(this.visits.cpu[visit], at - this.visits.startedAt[visit]);
  }
}
