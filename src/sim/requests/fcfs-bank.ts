import { HeapSlab } from './heap-slab.js';
import { LISTENER } from './plane-state.js';
import type { RequestRecorder } from './request-recorder.js';
import type { StationBoard } from './station-board.js';
import type { CompletionSink } from './station.js';
import { ARRIVED, CALL, CPU, ENDS, NEXT, PREVIOUS, STARTED, STATE, VISIT, type Visits, WAIT, wider } from './visits.js';
import { BEGUN, CPU_TIME, HOLD_SQUARES, HOLD_TENTHS, HOLDS, SUMS, WAITED, WORKER_TIME } from './work-sums.js';

/**
 * Written for speed: `settle` and `offer` run once a request, and ten thousand pods must not cost many more cache lines than fifty.
 * It means: a list of stations {workers, serving: heap of (endsAt, visit), line: list of visits, sums}, each serving visits first come
 * first served, `workers` at a time, for `cpu + wait`.
 *
 * Everything a station is lies in five arrays that all stations share: integers at `station * CELLS`, sums at `station * SUMS`, and the
 * heap of those being served at its `OFFSET`, moved to more room when it outgrows its `ROOM`. Waiting lines run through the visits.
 */
export class FcfsBank {
  ints = new Int32Array(CELLS * 8);
  sums = new Float64Array(SUMS * 8);
  private limits = new Float64Array(8);
  private factors = new Float64Array(8);
  private readonly heaps = new HeapSlab();

  constructor(
    private readonly board: StationBoard,
    private readonly visits: Visits,
    private readonly sink: CompletionSink,
    /** Is told of completions that nobody else needs to hear of. */
    private readonly recorder: RequestRecorder,
  ) {}

  /** Adds a station and returns its index on the board. */
  add(workers: number, queueLimit: number): number {
    const station = this.board.enter();
    while (station >= this.limits.length) this.widen();
    const at = station * CELLS;
    this.ints.fill(0, at, at + CELLS);
    this.ints[at + HEAD] = -1;
    this.ints[at + TAIL] = -1;
    this.limits[station] = queueLimit;
    this.factors[station] = 1;
    this.setWorkers(station, workers);
    this.ints[at + OFFSET] = this.heaps.reserve(4);
    this.ints[at + ROOM] = 4;
    return station;
  }

  /** Sets how many visits are served at once, from the next one on. */
  setWorkers(station: number, workers: number): void {
    this.ints[station * CELLS + WORKERS] = Math.min(workers, 0x7fffffff);
  }

  /** Service begun from now on takes `factor` times as long. */
  slow(station: number, factor: number): void {
    this.factors[station] = factor;
  }

  settle(station: number): void {
    const { nextAt, clock } = this.board;
    while (nextAt[station] <= clock[0]) this.completeNext(station);
  }

  offer(station: number, visit: number): boolean {
    const { ints } = this;
    const at = station * CELLS;
    if (ints[at + SIZE] + ints[at + HELD] < ints[at + WORKERS]) {
      this.start(station, visit);
    } else {
      if (ints[at + WAITING] >= this.limits[station]) return false;
      this.visits.ints[visit + STATE] = VISIT.waiting;
      this.visits.reals[visit + ARRIVED] = this.board.clock[0];
      this.enqueue(at, visit);
    }
    this.board.inFlight[station] += 1;
    return true;
  }

  /** Workers that are free now take those who wait. */
  fill(station: number): void {
    const { ints } = this;
    const at = station * CELLS;
    while (ints[at + WAITING] > 0 && ints[at + SIZE] + ints[at + HELD] < ints[at + WORKERS]) {
      const next = this.dequeue(at);
      this.sums[station * SUMS + WAITED] += this.board.clock[0] - this.visits.reals[next + ARRIVED];
      this.start(station, next);
    }
  }

  /** Takes a visit out of the waiting line. */
  unqueue(station: number, visit: number): void {
    const { ints } = this;
    const cells = this.visits.ints;
    const at = station * CELLS;
    const before = cells[visit + PREVIOUS];
    const after = cells[visit + NEXT];
    if (before >= 0) cells[before + NEXT] = after;
    else ints[at + HEAD] = after;
    if (after >= 0) cells[after + PREVIOUS] = before;
    else ints[at + TAIL] = before;
    ints[at + WAITING] -= 1;
  }

  /** Takes a visit out of those being served; the time it has had must be accounted for by the caller. */
  unserve(station: number, visit: number): void {
    const at = station * CELLS;
    const { keys, slots } = this.heaps;
    const offset = this.ints[at + OFFSET];
    const position = slots.subarray(offset, offset + this.ints[at + SIZE]).indexOf(visit);
    const last = this.ints[at + SIZE] - 1;
    this.ints[at + SIZE] = last;
    keys[offset + position] = keys[offset + last];
    slots[offset + position] = slots[offset + last];
    if (position < last) {
      this.heaps.rise(offset, position);
      this.heaps.sink(offset, position, last);
    }
    this.board.nextAt[station] = last === 0 ? Infinity : keys[offset];
  }

  /** Visits being served, in no particular order. */
  serving(station: number): Int32Array {
    const offset = this.ints[station * CELLS + OFFSET];
    return this.heaps.visits(offset, this.ints[station * CELLS + SIZE]);
  }

  /** First visit of the waiting line, or -1. */
  first(station: number): number {
    return this.ints[station * CELLS + HEAD];
  }

  /** The visit at the top of the heap is done, at its own instant; a worker that comes free takes the first who waits. */
  private completeNext(station: number): void {
    const { ints, sums } = this;
    const { reals } = this.visits;
    const at = station * CELLS;
    const visit = this.heaps.slots[ints[at + OFFSET]];
    const hold = reals[visit + ENDS] - reals[visit + STARTED];
    const done = station * SUMS;
    sums[done + CPU_TIME] += reals[visit + CPU];
    if (this.visits.ints[visit + CALL] === LISTENER.plain) {
      this.recorder.serveDirect(reals, visit, station);
      this.visits.release(visit);
    } else if (this.sink.completed(visit, station)) {
      this.visits.ints[visit + STATE] = VISIT.holding;
      ints[at + HELD] += 1;
      this.popMin(station);
      return;
    }
    const tenths = Math.floor(hold * 0.01 + 0.5);
    sums[done + WORKER_TIME] += hold;
    sums[done + HOLDS] += 1;
    sums[done + HOLD_TENTHS] += tenths;
    sums[done + HOLD_SQUARES] += tenths * tenths;
    this.board.inFlight[station] -= 1;
    if (ints[at + WAITING] > 0 && ints[at + SIZE] + ints[at + HELD] <= ints[at + WORKERS]) this.succeed(station);
    else this.popMin(station);
  }

  /** The first who waits takes the place of the one who leaves, at the instant the latter ends. */
  private succeed(station: number): void {
    const { sums, ints } = this;
    const { keys, slots } = this.heaps;
    const { reals } = this.visits;
    const offset = ints[station * CELLS + OFFSET];
    const started = keys[offset];
    const next = this.dequeue(station * CELLS);
    sums[station * SUMS + BEGUN] += 1;
    sums[station * SUMS + WAITED] += started - reals[next + ARRIVED];
    reals[next + STARTED] = started;
    this.serve(station, next);
    keys[offset] = reals[next + ENDS];
    slots[offset] = next;
    this.heaps.sink(offset, 0, ints[station * CELLS + SIZE]);
    this.board.nextAt[station] = keys[offset];
  }

  private start(station: number, visit: number): void {
    const at = station * CELLS;
    this.sums[station * SUMS + BEGUN] += 1;
    this.visits.reals[visit + STARTED] = this.board.clock[0];
    this.serve(station, visit);
    if (this.ints[at + SIZE] === this.ints[at + ROOM]) this.moveOut(at);
    const { ints } = this;
    const { keys, slots } = this.heaps;
    const offset = ints[at + OFFSET];
    const size = ints[at + SIZE];
    keys[offset + size] = this.visits.reals[visit + ENDS];
    slots[offset + size] = visit;
    ints[at + SIZE] = size + 1;
    this.heaps.rise(offset, size);
    this.board.nextAt[station] = keys[offset];
  }

  /** Fixes when a visit that starts at its `STARTED` ends. */
  private serve(station: number, visit: number): void {
    const { reals, ints } = this.visits;
    ints[visit + STATE] = VISIT.served;
    const factor = this.factors[station];
    if (factor !== 1) {
      reals[visit + CPU] *= factor;
      reals[visit + WAIT] *= factor;
    }
    reals[visit + ENDS] = Math.floor(reals[visit + STARTED] + reals[visit + CPU] + reals[visit + WAIT] + 0.5);
  }

  private enqueue(at: number, visit: number): void {
    const { ints } = this;
    const cells = this.visits.ints;
    const tail = ints[at + TAIL];
    cells[visit + NEXT] = -1;
    cells[visit + PREVIOUS] = tail;
    if (tail >= 0) cells[tail + NEXT] = visit;
    else ints[at + HEAD] = visit;
    ints[at + TAIL] = visit;
    ints[at + WAITING] += 1;
  }

  private dequeue(at: number): number {
    const { ints } = this;
    const cells = this.visits.ints;
    const visit = ints[at + HEAD];
    const after = cells[visit + NEXT];
    ints[at + HEAD] = after;
    if (after >= 0) cells[after + PREVIOUS] = -1;
    else ints[at + TAIL] = -1;
    ints[at + WAITING] -= 1;
    return visit;
  }

  private popMin(station: number): void {
    const { ints } = this;
    const { keys, slots } = this.heaps;
    const at = station * CELLS;
    const offset = ints[at + OFFSET];
    const last = ints[at + SIZE] - 1;
    ints[at + SIZE] = last;
    keys[offset] = keys[offset + last];
    slots[offset] = slots[offset + last];
    if (last > 1) this.heaps.sink(offset, 0, last);
    this.board.nextAt[station] = last === 0 ? Infinity : keys[offset];
  }

  private moveOut(at: number): void {
    const room = this.ints[at + ROOM] * 2;
    this.ints[at + OFFSET] = this.heaps.move(this.ints[at + OFFSET], this.ints[at + SIZE], room);
    this.ints[at + ROOM] = room;
  }

  private widen(): void {
    const stations = this.limits.length * 2;
    this.ints = wider(this.ints, new Int32Array(stations * CELLS));
    this.sums = wider(this.sums, new Float64Array(stations * SUMS));
    this.limits = wider(this.limits, new Float64Array(stations));
    this.factors = wider(this.factors, new Float64Array(stations));
  }
}

/** Integers a station has, and which is which. */
export const CELLS = 8;
/** Visits being served. */
export const SIZE = 0;
/** Visits that hold a worker while their calls are out. */
export const HELD = 1;
/** Visits served at once. */
export const WORKERS = 2;
/** Waiting line: first, last. */
const HEAD = 3;
const TAIL = 4;
/** Visits waiting. */
export const WAITING = 5;
/** Where the heap lies, and how long it may get there. */
const OFFSET = 6;
const ROOM = 7;
