import type { PodSpec } from '../../domain/world-spec.js';
import { type CpuSupply, ROUNDING } from './cpu-supply.js';
import { DepartureHeap } from './departure-heap.js';
import { Errands } from './errands.js';
import type { StationBoard } from './station-board.js';
import { CPU_TIME, type CompletionSink, type Station, type StationConfig, type StationContext } from './station.js';
import { FIELDS, VISIT, type Visits } from './visits.js';
import { WaitingLine } from './waiting-line.js';
import { BEGUN, countHold, WAITED, type WorkSums } from './work-sums.js';

const { ARRIVED, CPU, ENDS, STARTED, STATE, WAIT } = FIELDS;

/**
 * Written for speed: `offer` and `settle` run once a request.
 * It means: visits in their CPU phase progress alike, as fast as the supply of CPU lets so many; the one that has its demand first leaves first.
 *
 * In virtual time, which advances at the rate every visit progresses, a visit's end is fixed when it begins: no list is ever walked.
 * Virtual time moves only when the set of visits changes, never because somebody looks, so that looking changes no rounding. The end of a
 * CPU phase that a wait follows shows to nobody: it is made up for when somebody looks, and the board is told when a visit may complete.
 * A completion falls on the first whole microsecond at which the demand is met, up to a nanosecond of rounding error.
 */
export class SharingStation implements Station {
  readonly index: number;
  /** What it has used of its own: see `CPU_TIME`. */
  protected readonly used = new Float64Array(2);
  protected readonly board: StationBoard;
  private readonly visits: Visits;
  private readonly work: WorkSums;
  private readonly sink: CompletionSink;
  private readonly line: WaitingLine;
  private readonly errands: Errands;
  protected readonly active: DepartureHeap;
  protected readonly pausing: DepartureHeap;
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private admitted = 0;
  protected virtual = 0;
  protected movedAt = 0;
  /** When the first of those in their CPU phase ends it, if nothing changes before, or Infinity. */
  protected phaseEndsAt = Infinity;
  private factor = 1;

  constructor(
    config: StationConfig,
    protected readonly cpu: CpuSupply,
    context: StationContext,
  ) {
    this.board = context.board;
    this.visits = context.visits;
    this.work = context.work;
    this.sink = context.sink;
    this.index = this.board.enter();
    this.concurrency = config.concurrency;
    this.queueLimit = config.queueLimit;
    this.active = new DepartureHeap(this.board.heaps);
    this.pausing = new DepartureHeap(this.board.heaps);
    this.line = new WaitingLine(this.visits);
    this.errands = new Errands(this.visits);
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

  get waitingSince(): number {
    return this.line.waitingSince;
  }

  offer(visit: number): boolean {
    const behind = this.catchUp();
    if (this.admitted < this.concurrency) {
      this.board.inFlight[this.index] += 1;
      this.admit(visit, this.board.clock[0]);
      this.lookAhead();
      return true;
    }
    if (behind) this.announce();
    if (this.line.length >= this.queueLimit) return false;
    this.board.inFlight[this.index] += 1;
    this.visits.ints[2 * visit + STATE] = VISIT.waiting;
    this.visits.reals[visit + ARRIVED] = this.board.clock[0];
    this.line.push(visit);
    return true;
  }

  settle(): void {
    while (this.finishNext());
    this.announce();
  }

  letGo(visit: number): void {
    const behind = this.catchUp();
    countHold(this.work, this.visits.reals[visit + CPU]);
    if (this.leave(this.board.now)) this.lookAhead();
    else if (behind) this.announce();
  }

  withdraw(visit: number): void {
    const behind = this.catchUp();
    if (this.visits.ints[2 * visit + STATE] === VISIT.waiting) {
      if (behind) this.announce();
      this.line.remove(visit);
      this.visits.reals[visit + CPU] = 0;
      this.board.inFlight[this.index] -= 1;
      return;
    }
    this.moveTo(this.board.now);
    this.takeBack(visit, this.active.remove(visit));
    this.pausing.remove(visit);
    this.leave(this.board.now);
    this.lookAhead();
  }

  clear(): number[] {
    this.catchUp();
    this.moveTo(this.board.now);
    this.errands.breakOff(this.active);
    for (let i = 0; i < this.active.size; i += 1) this.takeBack(this.active.visitAt(i), this.active.keyAt(i));
    const all = [...this.active.drain(), ...this.pausing.drain(), ...this.line.drain()];
    if (all.length < this.board.inFlight[this.index]) all.push(...this.visits.holdingAt(this.index));
    this.admitted = 0;
    this.phaseEndsAt = Infinity;
    this.board.inFlight[this.index] = 0;
    this.board.nextAt[this.index] = Infinity;
    return all;
  }

  cpuMicros(): number {
    const n = this.active.size;
    if (n === 0) return this.used[CPU_TIME];
    return this.used[CPU_TIME] + this.cpu.running(this.movedAt, this.board.now, n) * this.cpu.busy(n);
  }

  servedMicros(): number {
    return this.cpuMicros();
  }

  errand(cpuMicros: number, done: (at: number) => void): void {
    this.catchUp();
    this.moveTo(this.board.now);
    this.active.push(this.virtual + cpuMicros, this.errands.begin(cpuMicros, done));
    this.lookAhead();
  }

  loseCapacity(share: number): void {
    this.moveTo(this.board.now);
    this.cpu.lose(share);
    this.lookAhead();
  }

  resupply({ serving }: PodSpec): void {
    const { now } = this.board;
    this.moveTo(now);
    this.cpu.change(serving.cpuCores, serving.discipline === 'cfs' ? serving.quota : undefined);
    this.cpu.refill(now, this.active.size);
    this.lookAhead();
  }

  slow(factor: number): void {
    this.factor = factor;
  }

  /** Carries out the next end of a CPU phase or of a pause, if it is due, without announcing what follows; false if none is. */
  protected finishNext(): boolean {
    const { clock } = this.board;
    const ends = this.phaseEndsAt;
    const resumes = this.pausing.minKey;
    if (resumes <= ends) {
      if (resumes > clock[0]) return false;
      const visit = this.pausing.minVisit;
      this.pausing.pop();
      if (this.complete(visit, resumes)) this.threadsChanged();
    } else {
      if (ends > clock[0]) return false;
      this.endCpuPhase(ends);
      this.threadsChanged();
    }
    return true;
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
    else if (this.errands.count === 0 || !this.errands.end(visit, at)) this.complete(visit, at);
  }

  /** A visit that was to end at a virtual time leaves before it: of its demand only what it has had is left. */
  private takeBack(visit: number, key: number): void {
    if (key < Infinity) this.visits.reals[visit + CPU] -= Math.max(0, key - this.virtual);
  }

  /** True when one who waited has taken the place, as of `leave`. */
  private complete(visit: number, at: number): boolean {
    this.visits.reals[visit + ENDS] = at;
    if (this.sink.completed(visit, this.index)) {
      this.visits.ints[2 * visit + STATE] = VISIT.holding;
      return false;
    }
    countHold(this.work, this.visits.reals[visit + CPU]);
    return this.leave(at);
  }

  private leave(at: number): boolean {
    this.admitted -= 1;
    this.board.inFlight[this.index] -= 1;
    if (this.line.length === 0 || this.admitted >= this.concurrency) return false;
    const next = this.line.shift();
    this.work[WAITED] += at - this.visits.reals[next + ARRIVED];
    this.admit(next, at);
    return true;
  }

  /**
   * Makes up for ends of CPU phases before the present instant. Completions are left to whoever settles the station: those of this very
   * instant must not come out of turn, while another station's are carried out. True where what follows is to be announced.
   */
  private catchUp(): boolean {
    let behind = false;
    while (this.phaseEndsAt < this.board.clock[0]) {
      this.endCpuPhase(this.phaseEndsAt);
      this.threadsChanged();
      behind = true;
    }
    return behind;
  }

  /** Brings virtual time up to an instant at which the set of visits changes. */
  protected moveTo(at: number): void {
    const n = this.active.size;
    const from = this.movedAt;
    this.movedAt = at;
    if (n === 0) {
      this.virtual = 0;
      this.cpu.wake(at);
      return;
    }
    const run = this.cpu.spend(from, at, n);
    const busy = this.cpu.busy(n);
    this.used[CPU_TIME] += run * busy;
    this.virtual += run * (busy === n ? 1 : busy / n);
  }

  protected lookAhead(): void {
    this.threadsChanged();
    this.announce();
  }

  /** Works out when the first of those in their CPU phase ends it, which is to follow every change of them. */
  protected threadsChanged(): void {
    const n = this.active.size;
    if (n === 0) this.phaseEndsAt = Infinity;
    else {
      const busy = this.cpu.busy(n);
      const left = (this.active.minKey - this.virtual) / (busy === n ? 1 : busy / n);
      this.phaseEndsAt = Math.ceil(Math.max(this.movedAt, this.cpu.after(this.movedAt, left, n) - ROUNDING));
    }
  }

  /** Tells the board when a visit may complete. */
  protected announce(): void {
    const resumes = this.pausing.minKey;
    const ends = this.phaseEndsAt;
    this.board.nextAt[this.index] = resumes <= ends ? resumes : Math.min(resumes, this.completesAfter(ends));
  }

  /** No visit that is in its CPU phase completes before: the first goes on to wait, the others run at most alone from then on. */
  private completesAfter(ends: number): number {
    const wait = this.visits.reals[this.active.minVisit + WAIT];
    if (!(wait > 0)) return ends;
    const others = this.active.secondKey - this.active.minKey;
    return wait <= others ? Math.round(ends + wait) : Math.floor(ends + others);
  }
}
