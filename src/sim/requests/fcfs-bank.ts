import {
  CELLS,
  CPU_GRAINS,
  FORETOLD,
  FRONT,
  HEAD,
  HELD,
  KEPT,
  LIMIT,
  OFFSET,
  RECORD,
  REFUSED,
  ROOM,
  SIZE,
  TAIL,
  USED,
  VACANT,
  WAITING,
  WORKERS,
} from './fcfs-layout.js';
import { dequeue, enqueue } from './fcfs-line.js';
import { HeapSlab, leaveTop, removeAt, rise, secondKey, sink, slotsOf } from './heap-slab.js';
import { LISTENER } from './plane-state.js';
import type { RequestRecorder } from './request-recorder.js';
import { HORIZON, type StationBoard } from './station-board.js';
import { type CompletionSink, CPU_TIME, WORKER_TIME } from './station.js';
import { ARRIVED, CALL, CPU, ENDS, INTENDED, STARTED, STATE, VISIT, type Visits, WAIT, wider } from './visits.js';
import { BEGUN, countHold, HOLD_SQUARES, HOLD_TENTHS, HOLDS, SUMS, WAITED, type WorkSums } from './work-sums.js';

/**
 * Written for speed: `settle` and `offer` run once a request, and ten thousand pods must not cost many more cache lines than fifty.
 * It means: a list of stations {workers, serving: heap of (endsAt, visit), line: list of visits, sums}, each serving visits first come
 * first served, `workers` at a time, for `cpu + wait`.
 *
 * What a station is lies in one piece of memory that all stations share, a cache line each: integers at `station * CELLS`, reals at
 * `station * RECORD`. The heap of those being served is in a slab at its `OFFSET`, with more room when it outgrows its `ROOM`. Waiting lines
 * run through the visits. A visit that nobody needs once it has begun leaves only its end in the heap: see `serve`.
 */
export class FcfsBank {
  private reals = new Float64Array(RECORD * 1024);
  ints = new Int32Array(this.reals.buffer);
  readonly heaps = new HeapSlab(8192);
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
    if ((station + 1) * RECORD > this.reals.length) {
      this.reals = wider(this.reals, new Float64Array((station + 1) * RECORD * 2));
      this.ints = new Int32Array(this.reals.buffer);
    }
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

  /** Sets how many visits are served at once. */
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
      ends[0] = next;
      if (visit !== FORETOLD && this.holds(station, visit)) {
        size -= 1;
        leaveTop(heaps, offset, places, size);
        next = size > 0 ? keys[offset] : Infinity;
        continue;
      }
      inFlight[station] -= 1;
      if (cells[at + WAITING] > 0 && size + cells[at + HELD] <= cells[at + WORKERS]) {
        slots[places] = this.succeed(station);
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
    const { ints: cells } = this;
    const at = station * CELLS;
    if (cells[at + SIZE] + cells[at + HELD] >= cells[at + WORKERS]) return this.wait(station, visit);
    this.visits.reals[visit + STARTED] = this.board.clock[0];
    const entry = this.serve(station, visit);
    this.enter(station, entry);
    this.board.inFlight[station] += 1;
    return entry === FORETOLD ? FORETOLD : KEPT;
  }

  /** Workers that are free now take those who wait. */
  fill(station: number): void {
    const { ints } = this;
    const at = station * CELLS;
    while (ints[at + WAITING] > 0 && ints[at + SIZE] + ints[at + HELD] < ints[at + WORKERS]) {
      this.ends[0] = this.board.clock[0];
      this.enter(station, this.succeed(station));
    }
  }

  /** Takes a visit out of those being served; the time it has had must be accounted for by the caller. */
  unserve(station: number, visit: number): void {
    const at = station * CELLS;
    const position = this.serving(station).indexOf(visit);
    const offset = this.ints[at + OFFSET];
    const size = this.ints[at + SIZE] - 1;
    removeAt(this.heaps, offset, slotsOf(offset, this.ints[at + ROOM]), position, size);
    this.ints[at + SIZE] = size;
    this.board.nextAt[station] = size === 0 ? Infinity : this.heaps.keys[offset];
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

  /** Puts an entry that leaves at `ends[0]` in a station's heap. */
  private enter(station: number, entry: number): void {
    const { ints: cells, heaps } = this;
    const at = station * CELLS;
    const size = cells[at + SIZE];
    if (size === cells[at + ROOM]) this.moveOut(at);
    const { keys, slots } = heaps;
    const offset = cells[at + OFFSET];
    const places = slotsOf(offset, cells[at + ROOM]);
    const position = cells[at + VACANT] === 1 ? 0 : size;
    keys[offset + position] = this.ends[0];
    slots[places + position] = entry;
    if (position === size) rise(heaps, offset, places, size);
    else sink(heaps, offset, places, 0, size + 1);
    cells[at + SIZE] = size + 1;
    cells[at + VACANT] = 0;
    this.board.nextAt[station] = keys[offset];
  }

  /** A visit's own work is done, at `ends[0]`; true when its worker stays held because calls follow. */
  private holds(station: number, visit: number): boolean {
    const { visits, ends } = this;
    this.use(station, CPU_TIME, visits.reals[visit + CPU]);
    visits.reals[visit + ENDS] = ends[0];
    if (this.sink.completed(visit, station)) {
      visits.ints[2 * visit + STATE] = VISIT.holding;
      this.ints[station * CELLS + HELD] += 1;
      return true;
    }
    const hold = ends[0] - visits.reals[visit + STARTED];
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
    enqueue(ints, at, this.visits.ints, visit);
    this.board.inFlight[station] += 1;
    return KEPT;
  }

  /** The first who waits is served from `ends[0]` on: its entry for the heap, and in `ends[0]` the key of it. */
  private succeed(station: number): number {
    const { reals } = this.visits;
    const from = this.ends[0];
    const at = station * CELLS;
    const heir = dequeue(this.ints, at, this.visits.ints);
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
    this.recorder.serveDirect(end - intended, intended, 0);
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
    this.visits.reals[visit + CPU] *= factor;
    this.visits.reals[visit + WAIT] *= factor;
  }

  private moveOut(at: number): void {
    const room = this.ints[at + ROOM];
    this.ints[at + OFFSET] = this.heaps.move(this.ints[at + OFFSET], room, room * 2);
    this.ints[at + ROOM] = room * 2;
  }
}
