import { type CpuSupply, ROUNDING } from './cpu-supply.js';
import { DepartureHeap } from './departure-heap.js';
import type { StationBoard } from './station-board.js';
import { CPU_TIME, type CompletionSink, type Station, type StationConfig, type StationContext } from './station.js';
import { ARRIVED, CPU, ENDS, STARTED, STATE, VISIT, type Visits, WAIT } from './visits.js';
import { WaitingLine } from './waiting-line.js';
import { BEGUN, countHold, WAITED, type WorkSums } from './work-sums.js';

/**
 * Written for speed: `offer` and `settle` run once a request.
 * It means: visits in their CPU phase progress alike, as fast as the supply of CPU lets so many; the one that has its demand first leaves first.
 *
 * In virtual time, which advances at the rate every visit progresses, a visit's end is fixed when it begins: no list is ever walked.
 * Virtual time moves only when the set of visits changes, never because somebody looks, so that looking changes no rounding.
 * A completion falls on the first whole microsecond at which the demand is met, up to a nanosecond of rounding error.
 */
export class SharingStation implements Station {
  readonly index: number;
  /** What it has used of its own: see `CPU_TIME`. */
  private readonly used = new Float64Array(2);
  private readonly board: StationBoard;
  private readonly visits: Visits;
  private readonly work: WorkSums;
  private readonly sink: CompletionSink;
  private readonly line: WaitingLine;
  private readonly active = new DepartureHeap();
  private readonly pausing = new DepartureHeap();
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private readonly cpu: CpuSupply;
  private admitted = 0;
  private virtual = 0;
  private movedAt = 0;
  private factor = 1;

  constructor(config: StationConfig, cpu: CpuSupply, context: StationContext) {
    const { board, visits } = context;
    this.board = board;
    this.visits = visits;
    this.work = context.work;
    this.sink = context.sink;
    this.index = board.enter();
    this.concurrency = config.concurrency;
    this.queueLimit = config.queueLimit;
    this.cpu = cpu;
    this.line = new WaitingLine(visits);
  }

  get queued(): number {
    return this.line.length;
  }

  get prospect(): 'served' | 'waiting' | 'refused' {
    if (this.admitted < this.concurrency) return 'served';
    return this.line.length < this.queueLimit ? 'waiting' : 'refused';
  }

  aheadOf(since: number): number {
    return this.line.ahead(since);
  }

  turnAt(): number {
    return Infinity;
  }

  offer(visit: number): boolean {
    if (this.admitted < this.concurrency) {
      this.board.inFlight[this.index] += 1;
      this.admit(visit, this.board.clock[0]);
      this.lookAhead();
      return true;
    }
    if (this.line.length >= this.queueLimit) return false;
    this.board.inFlight[this.index] += 1;
    this.visits.ints[2 * visit + STATE] = VISIT.waiting;
    this.visits.reals[visit + ARRIVED] = this.board.clock[0];
    this.line.push(visit);
    return true;
  }

  settle(): void {
    const { nextAt, clock } = this.board;
    while (nextAt[this.index] <= clock[0]) {
      const at = nextAt[this.index];
      if (this.pausing.minKey > at) this.endCpuPhase(at);
      else this.complete(this.takePaused(), at);
      this.lookAhead();
    }
  }

  letGo(visit: number): void {
    countHold(this.work, this.visits.reals[visit + CPU]);
    this.leave(this.board.now);
    this.lookAhead();
  }

  withdraw(visit: number): void {
    if (this.visits.ints[2 * visit + STATE] === VISIT.waiting) {
      this.line.remove(visit);
      this.board.inFlight[this.index] -= 1;
      return;
    }
    this.moveTo(this.board.now);
    this.active.remove(visit);
    this.pausing.remove(visit);
    this.leave(this.board.now);
    this.lookAhead();
  }

  clear(): number[] {
    this.moveTo(this.board.now);
    const all: number[] = [];
    for (const heap of [this.active, this.pausing]) {
      for (let i = 0; i < heap.size; i += 1) all.push(heap.visitAt(i));
      heap.clear();
    }
    for (let visit = this.line.shift(); visit >= 0; visit = this.line.shift()) all.push(visit);
    if (all.length < this.board.inFlight[this.index]) all.push(...this.visits.holdingAt(this.index));
    this.admitted = 0;
    this.board.inFlight[this.index] = 0;
    this.board.nextAt[this.index] = Infinity;
    return all;
  }

  cpuMicros(): number {
    const n = this.active.size;
    if (n === 0) return this.used[CPU_TIME];
    return this.used[CPU_TIME] + this.cpu.running(this.movedAt, this.board.now, n) * this.cpu.busy(n);
  }

  busyMicros(): number {
    return this.cpuMicros();
  }

  loseCapacity(share: number): void {
    this.moveTo(this.board.now);
    this.cpu.lose(share);
    this.lookAhead();
  }

  slow(factor: number): void {
    this.factor = factor;
  }

  private admit(visit: number, at: number): void {
    const { visits } = this;
    this.moveTo(at);
    this.admitted += 1;
    this.work[BEGUN] += 1;
    visits.ints[2 * visit + STATE] = VISIT.served;
    visits.reals[visit + STARTED] = at;
    visits.reals[visit + CPU] *= this.factor;
    this.active.push(this.virtual + visits.reals[visit + CPU], visit);
  }

  private endCpuPhase(at: number): void {
    this.moveTo(at);
    const visit = this.active.minVisit;
    this.active.pop();
    const wait = this.visits.reals[visit + WAIT];
    if (wait > 0) this.pausing.push(Math.round(at + wait), visit);
    else this.complete(visit, at);
  }

  private takePaused(): number {
    const visit = this.pausing.minVisit;
    this.pausing.pop();
    return visit;
  }

  private complete(visit: number, at: number): void {
    this.visits.farReals[visit + ENDS] = at;
    if (this.sink.completed(visit, this.index)) this.visits.ints[2 * visit + STATE] = VISIT.holding;
    else {
      countHold(this.work, this.visits.reals[visit + CPU]);
      this.leave(at);
    }
  }

  private leave(at: number): void {
    this.admitted -= 1;
    this.board.inFlight[this.index] -= 1;
    if (this.line.length === 0 || this.admitted >= this.concurrency) return;
    const next = this.line.shift();
    this.work[WAITED] += at - this.visits.reals[next + ARRIVED];
    this.admit(next, at);
  }

  /** Brings virtual time up to an instant at which the set of visits changes. */
  private moveTo(at: number): void {
    const n = this.active.size;
    const from = this.movedAt;
    this.movedAt = at;
    if (n === 0) {
      this.virtual = 0;
      this.cpu.wake(at);
      return;
    }
    const run = this.cpu.running(from, at, n);
    const busy = this.cpu.busy(n);
    this.cpu.pass(from, at, n);
    this.used[CPU_TIME] += run * busy;
    this.virtual += run * (busy === n ? 1 : busy / n);
  }

  private lookAhead(): void {
    const n = this.active.size;
    let next = this.pausing.minKey;
    if (n > 0) {
      const busy = this.cpu.busy(n);
      const left = (this.active.minKey - this.virtual) / (busy === n ? 1 : busy / n);
      next = Math.min(next, Math.max(this.movedAt, Math.ceil(this.cpu.after(this.movedAt, left, n) - ROUNDING)));
    }
    this.board.nextAt[this.index] = next;
  }
}
