import type { Station } from './station.js';

/**
 * Written for speed: stations ordered by their next completion, for scenarios in which somebody needs the instant of it.
 * It means: an array of stations sorted by (nextAt, index). `update` must follow every change of a member's `nextAt`.
 */
export class StationIndex {
  private readonly heap: Station[] = [];
  private keys = new Float64Array(64);
  /** Position in the heap by the station's index, plus one; 0 for strangers. */
  private positions = new Int32Array(64);

  /** Instant of the earliest completion, or Infinity. */
  get nextTime(): number {
    return this.heap.length === 0 ? Infinity : this.keys[0];
  }

  /** The station it happens at; must not be asked of an empty index. */
  get first(): Station {
    return this.heap[0];
  }

  add(station: Station): void {
    if (station.index >= this.positions.length) this.widenPositions(station.index);
    if (this.heap.length === this.keys.length) this.widenKeys();
    this.heap.push(station);
    this.place(this.heap.length - 1, station, station.nextAt);
    this.rise(this.heap.length - 1);
  }

  /** Whether a station is a member. */
  has(station: Station): boolean {
    return station.index < this.positions.length && this.positions[station.index] > 0;
  }

  remove(station: Station): void {
    const position = this.positions[station.index] - 1;
    if (position < 0) return;
    this.positions[station.index] = 0;
    const last = this.heap.pop();
    if (last === undefined || last === station) return;
    this.place(position, last, last.nextAt);
    this.rise(position);
    this.sink(this.positions[last.index] - 1);
  }

  update(station: Station): void {
    const position = this.positions[station.index] - 1;
    if (position < 0 || this.keys[position] === station.nextAt) return;
    const earlier = station.nextAt < this.keys[position];
    this.keys[position] = station.nextAt;
    if (earlier) this.rise(position);
    else this.sink(position);
  }

  private rise(from: number): void {
    const station = this.heap[from];
    const key = this.keys[from];
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      if (!this.precedes(key, station.index, parent)) break;
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
      if (child < 0 || this.precedes(key, station.index, child)) break;
      this.place(hole, this.heap[child], this.keys[child]);
      hole = child;
    }
    this.place(hole, station, key);
  }

  private leastChild(parent: number): number {
    const first = parent * 4 + 1;
    const last = Math.min(first + 4, this.heap.length);
    if (first >= last) return -1;
    let best = first;
    for (let child = first + 1; child < last; child += 1) {
      if (this.precedes(this.keys[child], this.heap[child].index, best)) best = child;
    }
    return best;
  }

  private precedes(key: number, index: number, other: number): boolean {
    return key < this.keys[other] || (key === this.keys[other] && index < this.heap[other].index);
  }

  private place(position: number, station: Station, key: number): void {
    this.heap[position] = station;
    this.keys[position] = key;
    this.positions[station.index] = position + 1;
  }

  private widenKeys(): void {
    const keys = new Float64Array(this.keys.length * 2);
    keys.set(this.keys);
    this.keys = keys;
  }

  private widenPositions(index: number): void {
    const positions = new Int32Array(Math.max(this.positions.length * 2, index + 1));
    positions.set(this.positions);
    this.positions = positions;
  }
}
