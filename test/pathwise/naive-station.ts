import type { ServingSpec } from '../../src/domain/world-spec.js';

/** An attempt on board of a naive station. */
export interface NaiveVisit {
  readonly ordinal: number;
  readonly hop: number;
  /** CPU time it needs, and how much of it is left. */
  cpu: number;
  left: number;
  readonly wait: number;
  state: 'waiting' | 'working' | 'pausing' | 'holding' | 'gone';
  /** When it is through, while working under FCFS or pausing. */
  endsAt: number;
  /** When it joined the line. */
  since?: number;
  readonly station: NaiveStation;
}

/** A pod or a dependency, as plain lists. */
export interface NaiveStation {
  nextAt: number;
  /** False when the line is full. */
  offer(visit: NaiveVisit, at: number): boolean;
  /** Takes out the next visit whose own work is done by `at`; it goes on holding its place. */
  finish(at: number): NaiveVisit | null;
  /** A visit leaves, from whatever state, and the next in line takes its place. */
  leave(visit: NaiveVisit, at: number): void;
  /** Everything leaves at once. */
  clear(): NaiveVisit[];
  inFlight(): number;
  /** Since when the first in line has been waiting; Infinity where nobody does. */
  oldest(): number;
  /** Its pod has other cores or another quota from now on. */
  resupply(serving: ServingSpec, at: number): void;
}

/** What both disciplines have in common: places, and a line for those who found none. */
abstract class NaivePlaces implements NaiveStation {
  nextAt = Infinity;
  protected readonly inside: NaiveVisit[] = [];
  private readonly line: NaiveVisit[] = [];

  constructor(
    private readonly concurrency: number,
    private readonly queueLimit: number,
  ) {}

  offer(visit: NaiveVisit, at: number): boolean {
    if (this.inside.length < this.concurrency) {
      this.enter(visit, at);
      return true;
    }
    if (this.line.length >= this.queueLimit) return false;
    visit.state = 'waiting';
    visit.since = at;
    this.line.push(visit);
    return true;
  }

  leave(visit: NaiveVisit, at: number): void {
    if (visit.state === 'waiting') {
      this.line.splice(this.line.indexOf(visit), 1);
    } else {
      this.progress(at);
      this.inside.splice(this.inside.indexOf(visit), 1);
      const next = this.line.shift();
      if (next !== undefined) this.enter(next, at);
    }
    visit.state = 'gone';
    this.look();
  }

  clear(): NaiveVisit[] {
    const all = [...this.inside.splice(0), ...this.line.splice(0)];
    for (const visit of all) visit.state = 'gone';
    this.look();
    return all;
  }

  oldest(): number {
    return this.line.at(0)?.since ?? Infinity;
  }

  inFlight(): number {
    return this.inside.length + this.line.length;
  }

  resupply(serving: ServingSpec, at: number): void {
    this.progress(at);
    this.give(serving);
    this.look();
  }

  abstract finish(at: number): NaiveVisit | null;

  protected abstract give(serving: ServingSpec): void;

  protected abstract begin(visit: NaiveVisit, at: number): void;

  protected abstract progress(at: number): void;

  protected abstract look(): void;

  private enter(visit: NaiveVisit, at: number): void {
    this.progress(at);
    this.inside.push(visit);
    this.begin(visit, at);
    this.look();
  }
}

/** Each visit inside has a worker to itself. */
export class NaiveFcfs extends NaivePlaces {
  finish(at: number): NaiveVisit | null {
    const done = this.inside.find((visit) => visit.state === 'working' && visit.endsAt <= at);
    if (done === undefined) return null;
    done.state = 'holding';
    this.look();
    return done;
  }

  protected begin(visit: NaiveVisit, at: number): void {
    visit.state = 'working';
    visit.endsAt = Math.round(at + visit.cpu + visit.wait);
  }

  protected give(): void {
    // Its workers stay.
  }

  protected progress(): void {
    // A worker's end is fixed when it begins.
  }

  protected look(): void {
    this.nextAt = Infinity;
    for (const visit of this.inside) if (visit.state === 'working') this.nextAt = Math.min(this.nextAt, visit.endsAt);
  }
}

/** Visits in their CPU phase share the cores; each keeps account of the demand it has left. */
export class NaiveSharing extends NaivePlaces {
  protected movedAt = 0;

  constructor(
    concurrency: number,
    queueLimit: number,
    protected cores: number,
  ) {
    super(concurrency, queueLimit);
  }

  finish(at: number): NaiveVisit | null {
    for (;;) {
      const paused = this.inside.find((visit) => visit.state === 'pausing' && visit.endsAt <= at);
      const done = paused ?? this.endOfCpuPhase(at);
      if (done === null) return null;
      if (paused === undefined && done.wait > 0) {
        done.state = 'pausing';
        done.endsAt = Math.round(at + done.wait);
        this.look();
        continue;
      }
      done.state = 'holding';
      this.look();
      return done;
    }
  }

  protected give({ cpuCores }: ServingSpec): void {
    this.cores = cpuCores;
  }

  protected begin(visit: NaiveVisit): void {
    visit.state = 'working';
    visit.left = visit.cpu;
  }

  protected progress(at: number): void {
    const done = (at - this.movedAt) * this.rate();
    this.movedAt = at;
    for (const visit of this.inside) if (visit.state === 'working') visit.left -= done;
  }

  protected look(): void {
    const rate = this.rate();
    this.nextAt = Infinity;
    for (const visit of this.inside) {
      if (visit.state === 'pausing') this.nextAt = Math.min(this.nextAt, visit.endsAt);
      if (visit.state === 'working') this.nextAt = Math.min(this.nextAt, this.metAt(visit, rate));
    }
  }

  private endOfCpuPhase(at: number): NaiveVisit | null {
    const rate = this.rate();
    let first: NaiveVisit | null = null;
    for (const visit of this.inside) {
      if (visit.state === 'working' && this.metAt(visit, rate) <= at && visit.left < (first?.left ?? Infinity))
        first = visit;
    }
    if (first !== null) this.progress(at);
    return first;
  }

  /** First whole microsecond at which a visit's demand is met, up to a nanosecond. */
  protected metAt(visit: NaiveVisit, rate: number): number {
    return Math.max(this.movedAt, Math.ceil(this.movedAt + visit.left / rate - 0.001));
  }

  protected working(): number {
    return this.inside.filter((visit) => visit.state === 'working').length;
  }

  private rate(): number {
    return Math.min(1, this.cores / this.working());
  }
}
