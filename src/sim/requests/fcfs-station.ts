import { DepartureHeap } from './departure-heap.js';
import type { StationBoard } from './station-board.js';
import type { CompletionSink, Station, StationConfig } from './station.js';
import { ARRIVED, CPU, ENDS, STARTED, STATE, VISIT, type Visits, WAIT } from './visits.js';
import { WaitingLine } from './waiting-line.js';
import { BEGUN, CPU_TIME, countHold, HOLD_SQUARES, HOLD_TENTHS, HOLDS, noWork, WAITED, WORKER_TIME } from './work-sums.js';

/**
 * Written for speed: `offer` and `settle` run once a request.
 * It means: `concurrency` workers, each serving one visit at a time for `cpu + wait`, the rest waiting in order of arrival.
 */
export class FcfsStation implements Station {
  readonly index: number;
  readonly sums = noWork();
  private readonly line: WaitingLine;
  private readonly serving = new DepartureHeap();
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private workers: number;
  private held = 0;
  private factor = 1;

  constructor(
    config: StationConfig,
    private readonly board: StationBoard,
    private readonly visits: Visits,
    private readonly sink: CompletionSink,
  ) {
    this.index = board.enter();
    this.concurrency = config.concurrency;
    this.workers = config.concurrency;
    this.queueLimit = config.queueLimit;
    this.line = new WaitingLine(visits);
  }

  get queued(): number {
    return this.line.length;
  }

  offer(visit: number): boolean {
    const { board, serving } = this;
    if (serving.size + this.held < this.workers) {
      board.inFlight[this.index] += 1;
      this.start(visit);
      return true;
    }
    if (this.line.length >= this.queueLimit) return false;
    board.inFlight[this.index] += 1;
    this.visits.ints[visit + STATE] = VISIT.waiting;
    this.visits.reals[visit + ARRIVED] = board.clock[0];
    this.line.push(visit);
    return true;
  }

  settle(): void {
    const { nextAt, clock } = this.board;
    const { serving } = this;
    while (serving.minKey <= clock[0]) this.completeNext();
    nextAt[this.index] = serving.minKey;
  }

  letGo(visit: number): void {
    this.held -= 1;
    this.board.inFlight[this.index] -= 1;
    const hold = this.board.now - this.visits.reals[visit + STARTED];
    this.sums[WORKER_TIME] += hold;
    countHold(this.sums, hold);
    this.fill();
  }

  withdraw(visit: number): void {
    const state = this.visits.ints[visit + STATE];
    this.board.inFlight[this.index] -= 1;
    if (state === VISIT.waiting) {
      this.line.remove(visit);
      return;
    }
    if (state === VISIT.holding) this.held -= 1;
    else this.serving.remove(visit);
    this.account(visit, state);
    this.board.nextAt[this.index] = this.serving.minKey;
    this.fill();
  }

  clear(): number[] {
    const all: number[] = [];
    for (let i = 0; i < this.serving.size; i += 1) {
      all.push(this.serving.visitAt(i));
      this.account(this.serving.visitAt(i), VISIT.served);
    }
    this.serving.clear();
    for (let visit = this.line.shift(); visit >= 0; visit = this.line.shift()) all.push(visit);
    for (const visit of this.held === 0 ? [] : this.visits.holdingAt(this.index)) {
      this.sums[WORKER_TIME] += this.board.now - this.visits.reals[visit + STARTED];
      all.push(visit);
    }
    this.held = 0;
    this.board.nextAt[this.index] = Infinity;
    this.board.inFlight[this.index] = 0;
    return all;
  }

  cpuMicros(): number {
    let sum = this.sums[CPU_TIME];
    for (let i = 0; i < this.serving.size; i += 1) sum += this.cpuSoFar(this.serving.visitAt(i));
    return sum;
  }

  busyMicros(): number {
    const { now } = this.board;
    let sum = this.sums[WORKER_TIME];
    for (let i = 0; i < this.serving.size; i += 1) sum += now - this.visits.reals[this.serving.visitAt(i) + STARTED];
    for (const visit of this.held === 0 ? [] : this.visits.holdingAt(this.index)) {
      sum += now - this.visits.reals[visit + STARTED];
    }
    return sum;
  }

  loseCapacity(share: number): void {
    this.workers = Math.round(this.concurrency * (1 - share));
    this.fill();
  }

  slow(factor: number): void {
    this.factor = factor;
  }

  /** The visit at the top of the heap is done, at its own instant; a worker that comes free takes the first who waits. */
  private completeNext(): void {
    const { serving, sums } = this;
    const { reals, ints } = this.visits;
    const visit = serving.minVisit;
    const hold = reals[visit + ENDS] - reals[visit + STARTED];
    sums[CPU_TIME] += reals[visit + CPU];
    if (this.sink.completed(visit, this.index)) {
      ints[visit + STATE] = VISIT.holding;
      this.held += 1;
      serving.pop();
    } else {
      const tenths = Math.floor(hold * 0.01 + 0.5);
      sums[WORKER_TIME] += hold;
      sums[HOLDS] += 1;
      sums[HOLD_TENTHS] += tenths;
      sums[HOLD_SQUARES] += tenths * tenths;
      this.board.inFlight[this.index] -= 1;
      if (this.line.length > 0 && serving.size + this.held <= this.workers) this.succeed(reals[visit + ENDS]);
      else serving.pop();
    }
  }

  /** The first who waits takes the place of the one who leaves. */
  private succeed(at: number): void {
    const next = this.line.shift();
    const { reals } = this.visits;
    this.sums[BEGUN] += 1;
    this.sums[WAITED] += at - reals[next + ARRIVED];
    reals[next + STARTED] = at;
    this.serve(next);
    this.serving.replaceMin(reals[next + ENDS], next);
  }

  /** Workers that are free now take those who wait. */
  private fill(): void {
    while (this.line.length > 0 && this.serving.size + this.held < this.workers) {
      const next = this.line.shift();
      this.sums[WAITED] += this.board.now - this.visits.reals[next + ARRIVED];
      this.start(next);
    }
  }

  private start(visit: number): void {
    this.sums[BEGUN] += 1;
    this.visits.reals[visit + STARTED] = this.board.clock[0];
    this.serve(visit);
    this.serving.push(this.visits.reals[visit + ENDS], visit);
    this.board.nextAt[this.index] = this.serving.minKey;
  }

  /** Fixes when a visit that starts at its `startedAt` ends. */
  private serve(visit: number): void {
    const { reals, ints } = this.visits;
    ints[visit + STATE] = VISIT.served;
    if (this.factor !== 1) {
      reals[visit + CPU] *= this.factor;
      reals[visit + WAIT] *= this.factor;
    }
    reals[visit + ENDS] = Math.floor(reals[visit + STARTED] + reals[visit + CPU] + reals[visit + WAIT] + 0.5);
  }

  private account(visit: number, state: number): void {
    if (state === VISIT.served) this.sums[CPU_TIME] += this.cpuSoFar(visit);
    this.sums[WORKER_TIME] += this.board.now - this.visits.reals[visit + STARTED];
  }

  private cpuSoFar(visit: number): number {
    return Math.min(this.visits.reals[visit + CPU], this.board.now - this.visits.reals[visit + STARTED]);
  }
}
