/**
 * Written for speed: a binary heap of (key, visit) in typed arrays, one a station. It means: an array sorted by key.
 *
 * Keys are instants, or virtual time under processor sharing. Equal keys leave in an order that depends on nothing but the order of calls.
 */
export class DepartureHeap {
  private keys = new Float64Array(8);
  private slots = new Int32Array(8);
  size = 0;

  /** Smallest key, or Infinity. */
  get minKey(): number {
    return this.size === 0 ? Infinity : this.keys[0];
  }

  /** Visit with the smallest key; meaningless when empty. */
  get minVisit(): number {
    return this.slots[0];
  }

  /** Visit at a position, in no particular order, 0 to size - 1. */
  visitAt(position: number): number {
    return this.slots[position];
  }

  push(key: number, visit: number): void {
    if (this.size === this.keys.length) this.grow();
    this.size += 1;
    this.rise(this.size - 1, key, visit);
  }

  /** Removes the visit with the smallest key. Must not be called when empty. */
  pop(): void {
    this.size -= 1;
    if (this.size > 0) this.sink(0, this.keys[this.size], this.slots[this.size]);
  }

  /** Pops and pushes in one go. */
  replaceMin(key: number, visit: number): void {
    this.sink(0, key, visit);
  }

  /** Removes a visit wherever it is; does nothing when it is not there. Takes time proportional to the size. */
  remove(visit: number): void {
    const position = this.slots.subarray(0, this.size).indexOf(visit);
    if (position < 0) return;
    this.size -= 1;
    if (position === this.size) return;
    const key = this.keys[this.size];
    const moved = this.slots[this.size];
    if (position > 0 && this.keys[(position - 1) >> 1] > key) this.rise(position, key, moved);
    else this.sink(position, key, moved);
  }

  private rise(from: number, key: number, visit: number): void {
    const { keys, slots } = this;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (keys[parent] <= key) break;
      keys[hole] = keys[parent];
      slots[hole] = slots[parent];
      hole = parent;
    }
    keys[hole] = key;
    slots[hole] = visit;
  }

  private sink(from: number, key: number, visit: number): void {
    const { keys, slots, size } = this;
    let hole = from;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[child + 1] < keys[child]) child += 1;
      if (keys[child] >= key) break;
      keys[hole] = keys[child];
      slots[hole] = slots[child];
      hole = child;
    }
    keys[hole] = key;
    slots[hole] = visit;
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2);
    const slots = new Int32Array(this.keys.length * 2);
    keys.set(this.keys);
    slots.set(this.slots);
    this.keys = keys;
    this.slots = slots;
  }
}
