import { type Sampler } from '../../kernel/distributions.js';
import type { KeyedRandom } from '../../kernel/random.js';
import { DepartureHeap } from './departure-heap.js';
import type { CompletionSink, Station, StationConfig } from './station.js';
import { VISIT, type Visits } from './visits.js';
import { WaitingLine } from './waiting-line.js';

/**
 * Single-request instances behind one queue, as a function platform without keep-alive has them: an arrival that finds no instance free
 * starts to set one up, up to `concurrency` in all; an instance that comes free takes the first who waits, and is gone when nobody does;
 * set-ups no longer needed are cancelled, the one started last first.
 *
 * Source of the model: A. Gandhi, M. Harchol-Balter, I. Adan, "Server farms with setup costs" (M/M/k/setup).
 */
export class PoolStation implements Station {
  readonly index: number;
  inFlight = 0;
  waitedMicros = 0;
  begun = 0;
  nextAt = Infinity;
  private readonly line: WaitingLine;
  private readonly serving = new DepartureHeap();
  private readonly settingUp = new DepartureHeap();
  private readonly setUpsInOrder: number[] = [];
  private readonly concurrency: number;
  private readonly queueLimit: number;
  private instances: number;
  private held = 0;
  private setUps = 0;
  private cpuDone = 0;
  private busyDone = 0;
  private factor = 1;

  constructor(
    config: StationConfig,
    private readonly setUp: { readonly sample: Sampler; readonly random: KeyedRandom },
    private readonly visits: Visits,
    private readonly sink: CompletionSink,
  ) {
    this.index = config.index;
    this.concurrency = config.concurrency;
    this.instances = config.concurrency;
    this.queueLimit = config.queueLimit;
    this.line = new WaitingLine(visits);
  }

  get queued(): number {
    return this.line.length;
  }

  offer(visit: number, at: number): boolean {
    if (this.line.length >= this.queueLimit) return false;
    this.inFlight += 1;
    this.visits.state[visit] = VISIT.waiting;
    this.visits.arrivedAt[visit] = at;
    this.line.push(visit);
    if (this.serving.size + this.held + this.settingUp.size < this.instances) this.startSetUp(at);
    this.lookAhead();
    return true;
  }

  settle(until: number): void {
    while (this.nextAt <= until) {
      if (this.serving.minKey <= this.settingUp.minKey) this.completeNext(this.serving.minKey);
      else this.instanceReady(this.settingUp.minKey);
      this.lookAhead();
    }
  }

  letGo(visit: number, at: number): void {
    this.held -= 1;
    this.inFlight -= 1;
    this.busyDone += at - this.visits.startedAt[visit];
    this.instanceFree(at);
    this.lookAhead();
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
      this.cancelSurplus();
    } else {
      this.serving.remove(visit);
      this.account(visit, at);
      this.instanceFree(at);
    }
    this.lookAhead();
  }

  clear(at: number): number[] {
    const all: number[] = [];
    for (let i = 0; i < this.serving.size; i += 1) {
      this.account(this.serving.visitAt(i), at);
      all.push(this.serving.visitAt(i));
    }
    while (this.serving.size > 0) this.serving.pop();
    for (let visit = this.line.shift(); visit >= 0; visit = this.line.shift()) all.push(visit);
    all.push(...this.visits.holdingAt(this.index));
    this.held = 0;
    this.inFlight = 0;
    this.cancelSurplus();
    this.lookAhead();
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

  loseCapacity(share: number): void {
    this.instances = Math.round(this.concurrency * (1 - share));
  }

  slow(factor: number): void {
    this.factor = factor;
  }

  private completeNext(at: number): void {
    const visit = this.serving.minVisit;
    this.serving.pop();
    this.cpuDone += this.visits.cpu[visit];
    if (this.sink.completed(visit, at, this)) {
      this.visits.state[visit] = VISIT.holding;
      this.held += 1;
      return;
    }
    this.inFlight -= 1;
    this.busyDone += at - this.visits.startedAt[visit];
    this.visits.release(visit);
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
    this.begun += 1;
    this.waitedMicros += at - visits.arrivedAt[visit];
    visits.state[visit] = VISIT.served;
    visits.startedAt[visit] = at;
    visits.cpu[visit] *= this.factor;
    visits.wait[visit] *= this.factor;
    this.serving.push(Math.round(at + visits.cpu[visit] + visits.wait[visit]), visit);
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

  private account(visit: number, at: number): void {
    this.cpuDone += this.cpuSoFar(visit, at);
    this.busyDone += at - this.visits.startedAt[visit];
  }

  private cpuSoFar(visit: number, at: number): number {
    return Math.min(this.visits.cpu[visit], at - this.visits.startedAt[visit]);
  }

  private lookAhead(): void {
    this.nextAt = Math.min(this.serving.minKey, this.settingUp.minKey);
  }
}
