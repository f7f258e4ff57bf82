import { type Sampler } from '../../kernel/distributions.js';
import type { KeyedRandom } from '../../kernel/random.js';
import { DepartureHeap } from './departure-heap.js';
import type { StationBoard } from './station-board.js';
import {
  CPU_TIME,
  WORKER_TIME,
  type CompletionSink,
  type Station,
  type StationConfig,
  type StationContext,
} from './station.js';
import { ARRIVED, CPU, ENDS, STARTED, STATE, VISIT, type Visits, WAIT } from './visits.js';
import { WaitingLine } from './waiting-line.js';
import { BEGUN, countHold, WAITED, type WorkSums } from './work-sums.js';

/**
 * Single-request instances behind one queue, as a function platform without keep-alive has them: an arrival that finds no instance free
 * starts to set one up, up to `concurrency` in all; an instance that comes free takes the first who waits, and is gone when nobody does;
 * set-ups no longer needed are cancelled, the one started last first.
 *
 * Source of the model: A. Gandhi, M. Harchol-Balter, I. Adan, "Server farms with setup costs" (M/M/k/setup).
 */
export class PoolStation implements Station {
  readonly index: number;
  /** What it has used of its own: see `CPU_TIME`. */
  private readonly used = new Float64Array(2);
  private readonly board: StationBoard;
  private readonly visits: Visits;
  private readonly work: WorkSums;
  private readonly sink: CompletionSink;
  private readonly line: WaitingLine;
  private readonly serving = new DepartureHeap();
  private readonly settingUp = new DepartureHeap();
  private readonly setUpsInOrder: number[] = [];
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private instances: number;
  private held = 0;
  private setUps = 0;
  private factor = 1;

  constructor(
    config: StationConfig,
    private readonly setUp: { readonly sample: Sampler; readonly random: KeyedRandom },
    context: StationContext,
  ) {
    const { board, visits } = context;
    this.board = board;
    this.visits = visits;
    this.work = context.work;
    this.sink = context.sink;
    this.index = board.enter();
    this.concurrency = config.concurrency;
    this.instances = config.concurrency;
    this.queueLimit = config.queueLimit;
    this.line = new WaitingLine(visits);
  }

  get queued(): number {
    return this.line.length;
  }

  /** Whoever asks how a pool is gets an answer from what runs it, not from an instance. */
  get prospect(): 'served' {
    return 'served';
  }

  aheadOf(): number {
    return 0;
  }

  turnAt(): number {
    return this.board.now;
  }

  get waitingSince(): number {
    return this.line.waitingSince;
  }

  offer(visit: number): boolean {
    if (this.line.length >= this.queueLimit) return false;
    this.board.inFlight[this.index] += 1;
    this.visits.ints[2 * visit + STATE] = VISIT.waiting;
    this.visits.reals[visit + ARRIVED] = this.board.now;
    this.line.push(visit);
    if (this.serving.size + this.held + this.settingUp.size < this.instances) this.startSetUp(this.board.now);
    this.lookAhead();
    return true;
  }

  settle(): void {
    const { nextAt, clock } = this.board;
    while (nextAt[this.index] <= clock[0]) {
      if (this.serving.minKey <= this.settingUp.minKey) this.completeNext(this.serving.minKey);
      else this.instanceReady(this.settingUp.minKey);
      this.lookAhead();
    }
  }

  letGo(visit: number): void {
    this.held -= 1;
    this.board.inFlight[this.index] -= 1;
    const hold = this.board.now - this.visits.reals[visit + STARTED];
    this.used[WORKER_TIME] += hold;
    countHold(this.work, hold);
    this.instanceFree(this.board.now);
    this.lookAhead();
  }

  withdraw(visit: number): void {
    const state = this.visits.ints[2 * visit + STATE];
    this.board.inFlight[this.index] -= 1;
    if (state === VISIT.waiting) {
      this.line.remove(visit);
      this.visits.reals[visit + CPU] = 0;
      this.cancelSurplus();
    } else {
      if (state === VISIT.holding) this.held -= 1;
      else this.serving.remove(visit);
      this.account(visit, state);
      this.instanceFree(this.board.now);
    }
    this.lookAhead();
  }

  clear(): number[] {
    const all: number[] = [];
    for (let i = 0; i < this.serving.size; i += 1) {
      this.account(this.serving.visitAt(i), VISIT.served);
      all.push(this.serving.visitAt(i));
    }
    this.serving.clear();
    for (let visit = this.line.shift(); visit >= 0; visit = this.line.shift()) {
      this.visits.reals[visit + CPU] = 0;
      all.push(visit);
    }
    all.push(...this.visits.holdingAt(this.index));
    this.held = 0;
    this.board.inFlight[this.index] = 0;
    this.cancelSurplus();
    this.lookAhead();
    return all;
  }

  cpuMicros(): number {
    let sum = this.used[CPU_TIME];
    for (let i = 0; i < this.serving.size; i += 1) sum += this.cpuSoFar(this.serving.visitAt(i));
    return sum;
  }

  servedMicros(): number {
    return this.used[WORKER_TIME];
  }

  loseCapacity(share: number): void {
    this.instances = Math.round(this.concurrency * (1 - share));
  }

  slow(factor: number): void {
    this.factor = factor;
  }

  private completeNext(at: number): void {
    const visit = this.serving.minVisit;
    this.serving.pop();
    this.used[CPU_TIME] += this.visits.reals[visit + CPU];
    const started = this.visits.reals[visit + STARTED];
    if (this.sink.completed(visit, this.index)) {
      this.visits.ints[2 * visit + STATE] = VISIT.holding;
      this.held += 1;
      return;
    }
    this.board.inFlight[this.index] -= 1;
    this.used[WORKER_TIME] += at - started;
    countHold(this.work, at - started);
    this.instanceFree(at);
  }

  private instanceReady(at: number): void {
    const setUp = this.settingUp.minVisit;
    this.settingUp.pop();
    this.setUpsInOrder.splice(this.setUpsInOrder.indexOf(setUp), 1);
    this.begin(this.line.shift(), at);
  }

  private instanceFree(at: number): void {
    if (this.line.length > 0 && this.serving.size + this.held < this.instances) this.begin(this.line.shift(), at);
    this.cancelSurplus();
  }

  private begin(visit: number, at: number): void {
    const { visits } = this;
    this.work[BEGUN] += 1;
    this.work[WAITED] += at - visits.reals[visit + ARRIVED];
    visits.ints[2 * visit + STATE] = VISIT.served;
    visits.reals[visit + STARTED] = at;
    visits.reals[visit + CPU] *= this.factor;
    visits.reals[visit + WAIT] *= this.factor;
    visits.reals[visit + ENDS] = Math.round(at + visits.reals[visit + CPU] + visits.reals[visit + WAIT]);
    this.serving.push(visits.reals[visit + ENDS], visit);
  }

  private startSetUp(at: number): void {
    const ordinal = this.setUps;
    this.setUps += 1;
    this.settingUp.push(Math.round(at + this.setUp.sample(this.setUp.random, ordinal, this.index)), ordinal);
    this.setUpsInOrder.push(ordinal);
  }

  private cancelSurplus(): void {
    while (this.setUpsInOrder.length > this.line.length) {
      const last = this.setUpsInOrder.pop();
      if (last !== undefined) this.settingUp.remove(last);
    }
  }

  private account(visit: number, state: number): void {
    if (state === VISIT.served) {
      this.visits.reals[visit + CPU] = this.cpuSoFar(visit);
      this.used[CPU_TIME] += this.visits.reals[visit + CPU];
    }
    this.used[WORKER_TIME] += this.board.now - this.visits.reals[visit + STARTED];
  }

  private cpuSoFar(visit: number): number {
    return Math.min(this.visits.reals[visit + CPU], this.board.now - this.visits.reals[visit + STARTED]);
  }

  private lookAhead(): void {
    this.board.nextAt[this.index] = Math.min(this.serving.minKey, this.settingUp.minKey);
  }
}
