import { SERVICE_MICROS } from './oracle-case.js';
import type { ControlName, KnownAverage, Twin } from './twin.js';

const COLUMNS: readonly ControlName[] = ['wait', 'long wait', 'refused', 'gave up'];
const [WAIT, LONG_WAIT, REFUSED, GAVE_UP] = [0, 1, 2, 3];

/** The shape of a `MultiServerTwin`. */
export interface MultiServerTwinSpec {
  readonly servers: number;
  /** How fast a server works: 1 gets through a second of demand in a second. */
  readonly speed: number;
  /** Requests that may wait. */
  readonly places?: number;
  /** What is a long wait, in microseconds. */
  readonly longMicros?: number;
  /** Any of wait, long wait, refused, gave up. */
  readonly known: readonly KnownAverage[];
}

/**
 * First come first served at several servers, by Kiefer and Wolfowitz' recursion: a request starts when the first server is free, and waits
 * for that at most as long as its patience; it is refused when all places to wait are taken.
 */
export class MultiServerTwin implements Twin {
  readonly known: readonly KnownAverage[];
  /** When each server is free, as a heap: the first is the earliest. */
  private readonly freeAt: Float64Array;
  /** Starts of those who wait, in order, in a ring. */
  private readonly starts: Float64Array;
  private head = 0;
  private waiting = 0;
  private readonly places: number;
  private readonly longMicros: number;
  private readonly sums = new Float64Array(COLUMNS.length);

  constructor(private readonly spec: MultiServerTwinSpec) {
    this.known = spec.known;
    this.freeAt = new Float64Array(spec.servers);
    this.places = spec.places ?? Infinity;
    this.longMicros = spec.longMicros ?? Infinity;
    this.starts = new Float64Array(this.places === Infinity ? 1 : this.places + 1);
  }

  serve(arrivedAt: number, demand: number, patience: number): void {
    const start = Math.max(arrivedAt, this.freeAt[0]);
    const wait = start - arrivedAt;
    if (wait > 0 && this.isFull(arrivedAt)) {
      this.sums[REFUSED] += 1;
      return;
    }
    if (wait > patience) {
      this.sums[GAVE_UP] += 1;
      return;
    }
    this.sums[WAIT] += wait / SERVICE_MICROS;
    if (wait > this.longMicros) this.sums[LONG_WAIT] += 1;
    if (wait > 0 && this.places < Infinity) this.line(start);
    this.occupy(start + demand / this.spec.speed);
  }

  take(): readonly number[] {
    const taken = this.known.map(({ name }) => this.sums[COLUMNS.indexOf(name)]);
    this.sums.fill(0);
    return taken;
  }

  /** Starts are in the order of arrival, so those that are past are at the head. */
  private isFull(now: number): boolean {
    if (this.places === Infinity) return false;
    const { starts } = this;
    while (this.waiting > 0 && starts[this.head] <= now) {
      this.head = (this.head + 1) % starts.length;
      this.waiting -= 1;
    }
    return this.waiting >= this.places;
  }

  private line(start: number): void {
    this.starts[(this.head + this.waiting) % this.starts.length] = start;
    this.waiting += 1;
  }

  /** The server that is free first is taken until `until`. */
  private occupy(until: number): void {
    const { freeAt } = this;
    let hole = 0;
    for (let child = 1; child < freeAt.length; child = 2 * hole + 1) {
      if (child + 1 < freeAt.length && freeAt[child + 1] < freeAt[child]) child += 1;
      if (freeAt[child] >= until) break;
      freeAt[hole] = freeAt[child];
      hole = child;
    }
    freeAt[hole] = until;
  }
}
