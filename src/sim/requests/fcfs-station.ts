import type { FcfsBank } from './fcfs-bank.js';
import { CELLS, HEAD, HELD, WAITING } from './fcfs-layout.js';
import { dequeue, unqueue } from './fcfs-line.js';
import { fcfsAhead, fcfsHasWorker, fcfsTurn } from './fcfs-turn.js';
import type { StationBoard } from './station-board.js';
import { CPU_TIME, type Station, type StationConfig, WORKER_TIME } from './station.js';
import { ARRIVED, CPU, STARTED, STATE, VISIT, type Visits } from './visits.js';
import { countHold } from './work-sums.js';

/** One station of a bank: workers that serve one visit each, first come first served. The request loop may go to the bank directly. */
export class FcfsStation implements Station {
  readonly index: number;

  constructor(
    private readonly config: StationConfig,
    front: number,
    private readonly bank: FcfsBank,
    private readonly board: StationBoard,
    private readonly visits: Visits,
  ) {
    this.index = bank.add(front, config.concurrency, config.queueLimit);
  }

  get queued(): number {
    return this.bank.ints[this.index * CELLS + WAITING];
  }

  get prospect(): 'served' | 'waiting' | 'refused' {
    if (fcfsHasWorker(this.bank, this.index)) return 'served';
    return this.queued < this.config.queueLimit ? 'waiting' : 'refused';
  }

  aheadOf(since: number): number {
    return fcfsAhead(this.bank, this.visits, this.index, since);
  }

  turnAt(since: number): number {
    return fcfsTurn(this.bank, this.visits, this.index, since, this.board.now);
  }

  get waitingSince(): number {
    const head = this.bank.ints[this.index * CELLS + HEAD];
    return head < 0 ? Infinity : this.visits.reals[head + ARRIVED];
  }

  offer(visit: number): boolean {
    return this.bank.offer(this.index, visit);
  }

  settle(): void {
    this.bank.settle(this.index);
  }

  letGo(visit: number): void {
    const hold = this.board.now - this.visits.reals[visit + STARTED];
    this.dropHeld();
    this.board.inFlight[this.index] -= 1;
    this.bank.use(this.index, WORKER_TIME, hold);
    countHold(this.bank.work(this.index), hold);
    this.bank.fill(this.index);
  }

  withdraw(visit: number): void {
    const state = this.visits.ints[2 * visit + STATE];
    this.board.inFlight[this.index] -= 1;
    if (state === VISIT.waiting) {
      unqueue(this.bank.ints, this.index * CELLS, this.visits.ints, visit);
      this.visits.reals[visit + CPU] = 0;
      return;
    }
    if (state === VISIT.holding) this.dropHeld();
    else this.bank.unserve(this.index, visit);
    this.account(visit, state);
    this.bank.fill(this.index);
  }

  clear(): number[] {
    const served = [...this.bank.serving(this.index)];
    const holding = this.holding();
    const waiting: number[] = [];
    while (this.queued > 0) waiting.push(dequeue(this.bank.ints, this.index * CELLS, this.visits.ints));
    for (const visit of waiting) this.visits.reals[visit + CPU] = 0;
    for (const visit of served) {
      this.bank.unserve(this.index, visit);
      this.account(visit, VISIT.served);
    }
    for (const visit of holding) {
      this.dropHeld();
      this.account(visit, VISIT.holding);
    }
    this.board.inFlight[this.index] = 0;
    return [...served, ...waiting, ...holding];
  }

  cpuMicros(): number {
    let sum = this.bank.used(this.index, CPU_TIME);
    for (const visit of this.bank.serving(this.index)) sum += this.cpuSoFar(visit);
    return sum;
  }

  /** Worker time used so far, in microseconds; looks at every visit where some hold workers. */
  busyMicros(): number {
    const { now } = this.board;
    let sum = this.bank.used(this.index, WORKER_TIME);
    for (const visit of this.bank.serving(this.index)) sum += now - this.visits.reals[visit + STARTED];
    for (const visit of this.holding()) sum += now - this.visits.reals[visit + STARTED];
    return sum;
  }

  servedMicros(): number {
    return this.bank.used(this.index, WORKER_TIME);
  }

  loseCapacity(share: number): void {
    this.bank.setWorkers(this.index, Math.round(this.config.concurrency * (1 - share)));
    this.bank.fill(this.index);
  }

  slow(factor: number): void {
    this.bank.slow(this.index, factor);
  }

  private holding(): number[] {
    return this.bank.ints[this.index * CELLS + HELD] === 0 ? [] : this.visits.holdingAt(this.index);
  }

  private dropHeld(): void {
    this.bank.ints[this.index * CELLS + HELD] -= 1;
  }

  private account(visit: number, state: number): void {
    if (state === VISIT.served) {
      this.visits.reals[visit + CPU] = this.cpuSoFar(visit);
      this.bank.use(this.index, CPU_TIME, this.visits.reals[visit + CPU]);
    }
    this.bank.use(this.index, WORKER_TIME, this.board.now - this.visits.reals[visit + STARTED]);
  }

  private cpuSoFar(visit: number): number {
    return Math.min(this.visits.reals[visit + CPU], this.board.now - this.visits.reals[visit + STARTED]);
  }
}
