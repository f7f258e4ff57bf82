import type { ActivatorSpec } from '../../domain/activator-spec.js';
import { StepColumns } from './step-columns.js';
import type { StationBoard } from './station-board.js';
import type { Station } from './station.js';
import { CPU, STATE, VISIT, type Visits } from './visits.js';

/** What the choice of an endpoint for a request will be keyed by, and the station that calls. */
export interface HeldKeys {
  readonly ordinal: number;
  readonly salt: number;
  readonly caller: number;
}

interface Held extends HeldKeys {
  readonly since: number;
}

/**
 * Where requests wait for the first endpoint of a workload: a station that serves nobody and costs no CPU.
 *
 * Nothing ever completes here. Whoever gives up, or is held too long, is withdrawn; the others are taken when they can go on.
 */
export class ActivatorBuffer implements Station {
  readonly index: number;
  readonly prospect = 'waiting';
  readonly columns = new StepColumns(['buffered', 'activated', 'activatorWaitMs', 'turnedAway']);
  /** In the order in which they came. */
  private readonly held = new Map<number, Held>();
  private asked: HeldKeys = { ordinal: 0, salt: 0, caller: -1 };
  private activated = 0;
  private waited = 0;
  private turnedAway = 0;

  constructor(
    private readonly spec: ActivatorSpec,
    private readonly board: StationBoard,
    private readonly visits: Visits,
    /** Is to be called at an instant. */
    private readonly alarm: (at: number) => void,
  ) {
    this.index = board.enter();
    board.speed[this.index] = 1;
  }

  get queued(): number {
    return this.held.size;
  }

  get waitingSince(): number {
    const [first] = this.held.values();
    return this.held.size === 0 ? Infinity : first.since;
  }

  /** The next visit offered is that of a request with these keys. */
  expect(keys: HeldKeys): void {
    this.asked = keys;
  }

  offer(visit: number): boolean {
    if (this.held.size >= this.spec.capacity) {
      this.turnedAway += 1;
      return false;
    }
    const { now } = this.board;
    this.held.set(visit, { ...this.asked, since: now });
    this.board.inFlight[this.index] += 1;
    // Who waits here does not wait for a worker, and nobody's patience with a queue is at stake.
    this.visits.ints[2 * visit + STATE] = VISIT.served;
    this.alarm(now + this.spec.timeoutMicros);
    return true;
  }

  /** The visit that has been held for too long, or -1 where none has. */
  overdue(): number {
    const [first] = this.held;
    if (this.held.size === 0 || first[1].since + this.spec.timeoutMicros > this.board.now) return -1;
    this.turnedAway += 1;
    return first[0];
  }

  /** Takes the first out to go on, and returns it with its keys; null where none is held. */
  takeFirst(): (HeldKeys & { readonly visit: number }) | null {
    if (this.held.size === 0) return null;
    const [[visit, keys]] = this.held;
    this.remove(visit);
    this.activated += 1;
    this.waited += this.board.now - keys.since;
    return { visit, ...keys };
  }

  withdraw(visit: number): void {
    this.remove(visit);
    this.visits.reals[visit + CPU] = 0;
  }

  clear(): number[] {
    const all = [...this.held.keys()];
    for (const visit of all) this.withdraw(visit);
    return all;
  }

  /** Appends a row to the columns. */
  closeStep(): void {
    const wait = this.activated === 0 ? NaN : this.waited / this.activated / 1e3;
    this.columns.append([this.held.size, this.activated, wait, this.turnedAway]);
    this.activated = 0;
    this.waited = 0;
    this.turnedAway = 0;
  }

  aheadOf(): number {
    return 0;
  }

  turnAt(): number {
    return Infinity;
  }

  settle(): void {
    // Nothing completes here.
  }

  letGo(): void {
    // No visit here holds a worker.
  }

  cpuMicros(): number {
    return 0;
  }

  servedMicros(): number {
    return 0;
  }

  loseCapacity(): void {
    // It runs beside the pods.
  }

  slow(): void {
    // It does no work.
  }

  private remove(visit: number): void {
    this.held.delete(visit);
    this.board.inFlight[this.index] -= 1;
  }
}
