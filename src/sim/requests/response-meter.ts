import type { ResponseCounters } from '../data-plane.js';
import type { StationBoard } from './station-board.js';
import { STRIDE, wider } from './visits.js';

interface StationTally {
  /** Observations by bucket, those beyond the last bound at the end. */
  readonly counts: Float64Array;
  ok: number;
  errors: number;
  sumMicros: number;
}

/**
 * What the pods of a workload tell of the requests that they have answered: a histogram of the times from on board to answered, as server
 * middleware takes it.
 *
 * What a pod refuses, what is cut off with it, and what is taken off before it is answered is not in it; an answer that nobody waits for any
 * more is. A workload that nobody asks has no meter, and its requests pay nothing.
 */
export class ResponseMeter {
  private boardedAt = new Float64Array(256);
  private readonly tallies = new Map<number, StationTally>();

  constructor(
    /** Upper bounds of the buckets in microseconds, ascending, without infinity. */
    private readonly bounds: readonly number[],
    private readonly board: StationBoard,
  ) {}

  /** A visit is on board. */
  boarded(visit: number): void {
    const slot = visit / STRIDE;
    while (slot >= this.boardedAt.length) {
      this.boardedAt = wider(this.boardedAt, new Float64Array(this.boardedAt.length * 2));
    }
    this.boardedAt[slot] = this.board.clock[0];
  }

  /** A visit on board is answered now, properly or with an error. */
  answered(visit: number, station: number, ok: boolean): void {
    this.count(station, this.board.clock[0] - this.boardedAt[visit / STRIDE], ok);
  }

  /** A station answers a request with an error without having taken it on board. */
  erred(station: number): void {
    this.count(station, 0, false);
  }

  /** What one station has counted so far. */
  of(station: number): ResponseCounters {
    const { counts, ok, errors, sumMicros } = this.tallyOf(station);
    let total = 0;
    const buckets = this.bounds.map((_, i) => {
      total += counts[i];
      return total;
    });
    return { ok, errors, sumMicros, buckets };
  }

  private count(station: number, micros: number, ok: boolean): void {
    const tally = this.tallyOf(station);
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && micros > bounds[bucket]) bucket += 1;
    tally.counts[bucket] += 1;
    tally.sumMicros += micros;
    if (ok) tally.ok += 1;
    else tally.errors += 1;
  }

  private tallyOf(station: number): StationTally {
    const known = this.tallies.get(station);
    if (known !== undefined) return known;
    const made = { counts: new Float64Array(this.bounds.length + 1), ok: 0, errors: 0, sumMicros: 0 };
    this.tallies.set(station, made);
    return made;
  }
}
