/**
 * Written for speed: a binary heap of (key, visit) in typed arrays, one a station. It means: an array sorted by key.
 *
 * Keys are instants, or virtual time under processor sharing. Equal keys leave in an order that depends on nothing but the order of calls.
 * A key travels through the array, not through arguments, where it would be boxed; keys[0] is Infinity when the heap is empty.
 */
export class DepartureHeap {
  private keys = new Float64Array(8).fill(Infinity);
  private slots = new Int32Array(8);
  size = 0;

  /** Smallest key, or Infinity. */
  get minKey(): number {
    return this.keys[0];
  }

  /** Smallest key but one, or Infinity. */
  get secondKey(): number {
    const { keys, size } = this;
    if (size < 3) return size < 2 ? Infinity : keys[1];
    return keys[1] <= keys[2] ? keys[1] : keys[2];
  }

  /** Visit with the smallest key; meaningless when empty. */
  get minVisit(): number {
    return this.slots[0];
  }

  /** Visit at a position, in no particular order, 0 to size - 1. */
  visitAt(position: number): number {
    return this.slots[position];
  }

  /** Its key. */
  keyAt(position: number): number {
    return this.keys[position];
  }

  push(key: number, visit: number): void {
    if (this.size === this.keys.length) this.grow();
    this.keys[this.size] = key;
    this.slots[this.size] = visit;
    this.rise(this.size);
    this.size += 1;
  }

  /** Removes the visit with the smallest key. Must not be called when empty. */
  pop(): void {
    const last = this.size - 1;
    this.size = last;
    this.keys[0] = this.keys[last];
    this.slots[0] = this.slots[last];
    if (last === 0) this.keys[0] = Infinity;
    else this.sink(0);
  }

  /** Removes everything. */
  clear(): void {
    this.size = 0;
    this.keys[0] = Infinity;
  }

  /** Pops and pushes in one go. */
  replaceMin(key: number, visit: number): void {
    this.keys[0] = key;
    this.slots[0] = visit;
    this.sink(0);
  }

  /** Removes a visit wherever it is and returns its key; Infinity when it is not there. Takes time proportional to the size. */
  remove(visit: number): number {
    const position = this.slots.subarray(0, this.size).indexOf(visit);
    if (position < 0) return Infinity;
    const key = this.keys[position];
    const last = this.size - 1;
    this.size = last;
    this.keys[position] = this.keys[last];
    this.slots[position] = this.slots[last];
    if (last === 0) this.keys[0] = Infinity;
    if (position >= last) return key;
    this.rise(position);
    this.sink(position);
    return key;
  }

  private rise(from: number): void {
    const { keys, slots } = this;
    const key = keys[from];
    const visit = slots[from];
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

  private sink(from: number): void {
    const { keys, slots, size } = this;
    const key = keys[from];
    const visit = slots[from];
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
