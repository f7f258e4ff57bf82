import type { StationBoard } from './station-board.js';

/**
 * Written for speed: stations ordered by their next completion, for scenarios in which somebody needs the instant of it.
 * It means: an array of stations sorted by (nextAt, index). `update` must follow every change of a member's `nextAt`.
 */
export class StationIndex {
  private heap = new Int32Array(64);
  private size = 0;
  /** When each completes next; the first is the earliest of all, Infinity while there are no members. */
  keys = new Float64Array(64).fill(Infinity);
  /** Position in the heap by the station's index, plus one; 0 for strangers. */
  private positions = new Int32Array(64);

  constructor(private readonly board: StationBoard) {}

  /** Index of the station it happens at; must not be asked of an empty index. */
  get first(): number {
    return this.heap[0];
  }

  /** Makes a station a member. */
  add(station: number): void {
    if (station >= this.positions.length) this.widenPositions(station);
    if (this.size === this.keys.length) this.widenKeys();
    this.size += 1;
    this.place(this.size - 1, station, this.board.nextAt[station]);
    this.rise(this.size - 1);
  }

  /** Takes note of a station's `nextAt`; does nothing for strangers. */
  update(station: number): void {
    if (station >= this.positions.length) return;
    const position = this.positions[station] - 1;
    const key = this.board.nextAt[station];
    if (position < 0 || this.keys[position] === key) return;
    const earlier = key < this.keys[position];
    this.keys[position] = key;
    if (earlier) this.rise(position);
    else this.sink(position);
  }

  private rise(from: number): void {
    const station = this.heap[from];
    const key = this.keys[from];
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      if (!this.precedes(key, station, parent)) break;
      this.place(hole, this.heap[parent], this.keys[parent]);
      hole = parent;
    }
    this.place(hole, station, key);
  }

  private sink(from: number): void {
    const station = this.heap[from];
    const key = this.keys[from];
    let hole = from;
    for (;;) {
      const child = this.leastChild(hole);
      if (child < 0 || this.precedes(key, station, child)) break;
      this.place(hole, this.heap[child], this.keys[child]);
      hole = child;
    }
    this.place(hole, station, key);
  }

  private leastChild(parent: number): number {
    const first = parent * 4 + 1;
    const last = Math.min(first + 4, this.size);
    if (first >= last) return -1;
    let best = first;
    for (let child = first + 1; child < last; child += 1) {
      if (this.precedes(this.keys[child], this.heap[child], best)) best = child;
    }
    return best;
  }

  private precedes(key: number, index: number, other: number): boolean {
    return key < this.keys[other] || (key === this.keys[other] && index < this.heap[other]);
  }

  private place(position: number, station: number, key: number): void {
    this.heap[position] = station;
    this.keys[position] = key;
    this.positions[station] = position + 1;
  }

  private widenKeys(): void {
    const keys = new Float64Array(this.keys.length * 2);
    const heap = new Int32Array(this.keys.length * 2);
    keys.set(this.keys);
    heap.set(this.heap);
    this.keys = keys;
    this.heap = heap;
  }

  private widenPositions(index: number): void {
    const positions = new Int32Array(Math.max(this.positions.length * 2, index + 1));
    positions.set(this.positions);
    this.positions = positions;
  }
}
