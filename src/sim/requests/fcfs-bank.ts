import { HeapSlab, leaveTop, rise, secondKey, sink, slotsOf } from './heap-slab.js';
import { LISTENER } from './plane-state.js';
import type { RequestRecorder } from './request-recorder.js';
import { HORIZON, type StationBoard } from './station-board.js';
import { type CompletionSink, CPU_TIME, WORKER_TIME } from './station.js';
import {
  ARRIVED,
  CALL,
  CPU,
  ENDS,
  INTENDED,
  NEXT,
  PREVIOUS,
  STARTED,
  STATE,
  VISIT,
  type Visits,
  WAIT,
  wider,
} from './visits.js';
import { BEGUN, countHold, HOLD_SQUARES, HOLD_TENTHS, HOLDS, SUMS, WAITED, type WorkSums } from './work-sums.js';

/**
 * Written for speed: `settle` and `offer` run once a request, and ten thousand pods must not cost many more cache lines than fifty.
 * It means: a list of stations {workers, serving: heap of (endsAt, visit), line: list of visits, sums}, each serving visits first come
 * first served, `workers` at a time, for `cpu + wait`.
 *
 * What a station is lies in one piece of memory that all stations share, two cache lines each: integers at `station * CELLS`, reals (sums
 * among them) at `station * RECORD`. The heap of those being served is in a slab at its `OFFSET`, moved to more room when it outgrows its
 * `ROOM`. Waiting lines run through the visits.
 */
export class FcfsBank {
  private reals = new Float64Array(RECORD * 8);
  ints = new Int32Array(this.reals.buffer);
  private readonly heaps = new HeapSlab();
  /** By which service is slowed, by front. */
  private readonly factors: Float64Array;
  /** One cell, through which an instant is passed without being boxed. */
  private readonly ends = new Float64Array(1);

  constructor(
    private readonly board: StationBoard,
    private readonly visits: Visits,
    /** Sums of each front, `SUMS` apart. */
    private readonly works: WorkSums,
    private readonly sink: CompletionSink,
    /** Is told of completions that nobody else needs to hear of. */
    private readonly recorder: RequestRecorder,
  ) {
    this.factors = new Float64Array(works.length / SUMS).fill(1);
  }

  /** Adds a station of a front and returns its index on the board. */
  add(front: number, workers: number, queueLimit: number): number {
    const station = this.board.enter();
    while ((station + 1) * RECORD > this.reals.length) this.widen();
    const at = station * CELLS;
    this.ints.fill(0, at, at + CELLS);
    this.ints[at + HEAD] = -1;
    this.ints[at + TAIL] = -1;
    this.ints[at + FRONT] = front;
    this.ints[at + LIMIT] = Math.min(queueLimit, 0x7fffffff);
    this.setWorkers(station, workers);
    this.ints[at + OFFSET] = this.heaps.reserve(4);
    this.ints[at + ROOM] = 4;
    return station;
  }

  /** Sets how many visits are served at once, from the next one on. */
  setWorkers(station: number, workers: number): void {
    this.ints[station * CELLS + WORKERS] = Math.min(workers, 0x7fffffff);
  }

  /** Service begun from now on at a station, and at all others of its front, takes `factor` times as long. */
  slow(station: number, factor: number): void {
    this.factors[this.ints[station * CELLS + FRONT]] = factor;
  }

  /** Completes everything due up to the present instant, each at its own; a worker that comes free takes the first who waits. */
  settle(station: number): void {
    const { ints: cells, heaps, ends } = this;
    const { keys, slots } = heaps;
    const { nextAt, inFlight, clock } = this.board;
    const at = station * CELLS;
    const offset = cells[at + OFFSET];
    const places = slotsOf(offset, cells[at + ROOM]);
    const now = clock[0];
    if (cells[at + VACANT] === 1) this.closeTop(at);
    let size = cells[at + SIZE];
    let next = size > 0 ? keys[offset] : Infinity;
    while (next <= now) {
      const visit = slots[places];
      if (visit !== FORETOLD) {
        ends[0] = next;
        if (this.holds(station, visit)) {
          size -= 1;
          leaveTop(heaps, offset, places, size);
          next = size > 0 ? keys[offset] : Infinity;
          continue;
        }
      }
      inFlight[station] -= 1;
      if (cells[at + WAITING] > 0 && size + cells[at + HELD] <= cells[at + WORKERS]) {
        slots[places] = this.succeed(station, next);
        keys[offset] = ends[0];
        sink(heaps, offset, places, 0, size);
        next = keys[offset];
      } else {
        size -= 1;
        next = secondKey(keys, offset, size);
        if (next <= now) leaveTop(heaps, offset, places, size);
        else cells[at + VACANT] = 1;
      }
    }
    cells[at + SIZE] = size;
    nextAt[station] = next;
  }

  /** Takes a visit; false when the waiting line is full. */
  offer(station: number, visit: number): boolean {
    const fate = this.take(station, visit);
    if (fate === FORETOLD) this.visits.release(visit);
    return fate !== REFUSED;
  }

  /** The same, telling whether the visit is on board (`KEPT`) or everything about it is settled already and its handle is free (`FORETOLD`). */
  take(station: number, visit: number): number {
    const { ints: cells, heaps, ends } = this;
    const { inFlight, nextAt, clock } = this.board;
    const at = station * CELLS;
    const size = cells[at + SIZE];
    if (size + cells[at + HELD] >= cells[at + WORKERS]) return this.wait(station, visit);
    this.visits.reals[visit + STARTED] = clock[0];
    const entry = this.serve(station, visit);
    if (size === cells[at + ROOM]) this.moveOut(at);
    const { keys, slots } = heaps;
    const offset = cells[at + OFFSET];
    const places = slotsOf(offset, cells[at + ROOM]);
    const position = cells[at + VACANT] === 1 ? 0 : size;
    keys[offset + position] = ends[0];
    slots[places + position] = entry;
    if (position === size) rise(heaps, offset, places, size);
    else sink(heaps, offset, places, 0, size + 1);
    cells[at + SIZE] = size + 1;
    cells[at + VACANT] = 0;
    inFlight[station] += 1;
    nextAt[station] = keys[offset];
    return entry === FORETOLD ? FORETOLD : KEPT;
  }

  /** Workers that are free now take those who wait. */
  fill(station: number): void {
    const { ints, heaps } = this;
    const at = station * CELLS;
    while (ints[at + WAITING] > 0 && ints[at + SIZE] + ints[at + HELD] < ints[at + WORKERS]) {
      const entry = this.succeed(station, this.board.clock[0]);
      const size = ints[at + SIZE];
      if (ints[at + VACANT] === 1) this.closeTop(at);
      if (size === ints[at + ROOM]) this.moveOut(at);
      const offset = ints[at + OFFSET];
      const places = slotsOf(offset, ints[at + ROOM]);
      heaps.keys[offset + size] = this.ends[0];
      heaps.slots[places + size] = entry;
      ints[at + SIZE] = size + 1;
      rise(heaps, offset, places, size);
      this.board.nextAt[station] = heaps.keys[offset];
    }
  }

  /** Takes a visit out of the waiting line. */
  unqueue(station: number, visit: number): void {
    const { ints } = this;
    const cells = this.visits.ints;
    const at = station * CELLS;
    const before = cells[2 * visit + PREVIOUS];
    const after = cells[2 * visit + NEXT];
    if (before >= 0) cells[2 * before + NEXT] = after;
    else ints[at + HEAD] = after;
    if (after >= 0) cells[2 * after + PREVIOUS] = before;
    else ints[at + TAIL] = before;
    ints[at + WAITING] -= 1;
  }

  /** Takes a visit out of those being served; the time it has had must be accounted for by the caller. */
  unserve(station: number, visit: number): void {
    const { heaps } = this;
    const { keys, slots } = heaps;
    const at = station * CELLS;
    const position = this.serving(station).indexOf(visit);
    const offset = this.ints[at + OFFSET];
    const places = slotsOf(offset, this.ints[at + ROOM]);
    const last = this.ints[at + SIZE] - 1;
    this.ints[at + SIZE] = last;
    keys[offset + position] = keys[offset + last];
    slots[places + position] = slots[places + last];
    if (position < last) {
      rise(heaps, offset, places, position);
      sink(heaps, offset, places, position, last);
    }
    this.board.nextAt[station] = last === 0 ? Infinity : keys[offset];
  }

  /** Visits being served, in no particular order: a view that the next change invalidates. */
  serving(station: number): Int32Array {
    const at = station * CELLS;
    if (this.ints[at + VACANT] === 1) this.closeTop(at);
    const places = slotsOf(this.ints[at + OFFSET], this.ints[at + ROOM]);
    return this.heaps.slots.subarray(places, places + this.ints[at + SIZE]);
  }

  /** What a station has used so far, in microseconds: `CPU_TIME` or `WORKER_TIME`. */
  used(station: number, what: number): number {
    const used = this.reals[station * RECORD + USED + what];
    return what === CPU_TIME ? used / CPU_GRAINS : used;
  }

  /** A station has used more of it. */
  use(station: number, what: number, micros: number): void {
    this.reals[station * RECORD + USED + what] += what === CPU_TIME ? Math.floor(micros * CPU_GRAINS + 0.5) : micros;
  }

  /** What all stations of a station's front have done. */
  work(station: number): WorkSums {
    const first = this.ints[station * CELLS + FRONT] * SUMS;
    return this.works.subarray(first, first + SUMS);
  }

  /** First visit of the waiting line, or -1. */
  first(station: number): number {
    return this.ints[station * CELLS + HEAD];
  }

  /** A visit's own work is done, at `ends[0]`; true when its worker stays held because calls follow. */
  private holds(station: number, visit: number): boolean {
    const { visits, ends } = this;
    const at = station * CELLS;
    const hold = ends[0] - visits.reals[visit + STARTED];
    const cpu = visits.reals[visit + CPU];
    this.use(station, CPU_TIME, cpu);
    visits.farReals[visit + ENDS] = ends[0];
    if (this.sink.completed(visit, station)) {
      visits.ints[2 * visit + STATE] = VISIT.holding;
      this.ints[at + HELD] += 1;
      return true;
    }
    this.use(station, WORKER_TIME, hold);
    countHold(this.work(station), hold);
    return false;
  }

  private wait(station: number, visit: number): number {
    const { ints } = this;
    const at = station * CELLS;
    if (ints[at + WAITING] >= ints[at + LIMIT]) return REFUSED;
    this.visits.ints[2 * visit + STATE] = VISIT.waiting;
    this.visits.reals[visit + ARRIVED] = this.board.clock[0];
    this.enqueue(at, visit);
    this.board.inFlight[station] += 1;
    return KEPT;
  }

  /** The first who waits is served from an instant on: its entry for the heap, the key of it in `ends[0]`. */
  private succeed(station: number, from: number): number {
    const { reals } = this.visits;
    const at = station * CELLS;
    const heir = this.dequeue(at);
    this.works[this.ints[at + FRONT] * SUMS + WAITED] += from - reals[heir + ARRIVED];
    reals[heir + STARTED] = from;
    const entry = this.serve(station, heir);
    if (entry === FORETOLD) this.visits.release(heir);
    return entry;
  }

  /**
   * Fixes in `ends[0]` when a visit that starts at its `STARTED` ends, and returns its entry for the heap: itself, or `FORETOLD` when nobody
   * has any further need of it. That is so where its client does nothing but wait, it ends before anything but requests can happen, and
   * it may be counted here and now.
   */
  private serve(station: number, visit: number): number {
    const { works, reals: own } = this;
    const { reals, ints } = this.visits;
    const front = this.ints[station * CELLS + FRONT];
    const work = front * SUMS;
    if (this.factors[front] !== 1) this.stretch(visit, this.factors[front]);
    const cpu = reals[visit + CPU];
    const started = reals[visit + STARTED];
    const end = Math.floor(started + cpu + reals[visit + WAIT] + 0.5);
    this.ends[0] = end;
    works[work + BEGUN] += 1;
    if (ints[2 * visit + CALL] !== LISTENER.plain || end > this.board.clock[HORIZON]) {
      ints[2 * visit + STATE] = VISIT.served;
      return visit;
    }
    const intended = reals[visit + INTENDED];
    const hold = end - started;
    const tenths = Math.floor(hold * 0.01 + 0.5);
    this.recorder.serveDirect(end - intended, intended, station);
    own[station * RECORD + USED + CPU_TIME] += Math.floor(cpu * CPU_GRAINS + 0.5);
    own[station * RECORD + USED + WORKER_TIME] += hold;
    works[work + HOLDS] += 1;
    works[work + HOLD_TENTHS] += tenths;
    works[work + HOLD_SQUARES] += tenths * tenths;
    return FORETOLD;
  }

  /** Fills the vacant top of a heap. */
  private closeTop(at: number): void {
    const offset = this.ints[at + OFFSET];
    leaveTop(this.heaps, offset, slotsOf(offset, this.ints[at + ROOM]), this.ints[at + SIZE]);
    this.ints[at + VACANT] = 0;
  }

  private stretch(visit: number, factor: number): void {
    const { reals } = this.visits;
    reals[visit + CPU] *= factor;
    reals[visit + WAIT] *= factor;
  }

  private enqueue(at: number, visit: number): void {
    const { ints } = this;
    const cells = this.visits.ints;
    const tail = ints[at + TAIL];
    cells[2 * visit + NEXT] = -1;
    cells[2 * visit + PREVIOUS] = tail;
    if (tail >= 0) cells[2 * tail + NEXT] = visit;
    else ints[at + HEAD] = visit;
    ints[at + TAIL] = visit;
    ints[at + WAITING] += 1;
  }

  private dequeue(at: number): number {
    const { ints } = this;
    const cells = this.visits.ints;
    const visit = ints[at + HEAD];
    const after = cells[2 * visit + NEXT];
    ints[at + HEAD] = after;
    if (after >= 0) cells[2 * after + PREVIOUS] = -1;
    else ints[at + TAIL] = -1;
    ints[at + WAITING] -= 1;
    return visit;
  }

  private moveOut(at: number): void {
    const room = this.ints[at + ROOM];
    this.ints[at + OFFSET] = this.heaps.move(this.ints[at + OFFSET], room, room * 2);
    this.ints[at + ROOM] = room * 2;
  }

  private widen(): void {
    this.reals = wider(this.reals, new Float64Array(this.reals.length * 2));
    this.ints = new Int32Array(this.reals.buffer);
  }
}

/** What becomes of a visit that is offered: refused, on board, or settled to the end (also its entry in the heap). */
export const REFUSED = -3;
export const KEPT = -2;
export const FORETOLD = -1;

/** CPU time is summed in whole parts of a microsecond, so that the order of completions never shows. */
const CPU_GRAINS = 1024;

/** Reals from one station to the next: a cache line. What has been used lies behind the integers. */
const RECORD = 8;
const USED = 6;

/** Integers from one station to the next, and which is which. */
export const CELLS = 2 * RECORD;
/** Visits being served. */
export const SIZE = 0;
/** Visits that hold a worker while their calls are out. */
export const HELD = 1;
/** Visits served at once. */
export const WORKERS = 2;
/** Visits waiting, how many may, the first and the last of them. */
export const WAITING = 3;
const LIMIT = 4;
const HEAD = 5;
const TAIL = 6;
/** Where the heap lies, and how long it may get there. */
const OFFSET = 7;
const ROOM = 8;
/** The front that the station belongs to. */
const FRONT = 9;
/**
 * 1 when the entry at the top of the heap has left and nobody has taken its place yet: the next to begin will, which is cheaper than to
 * close the gap and to open another.
 */
const VACANT = 10;
