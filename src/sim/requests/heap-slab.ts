import { wider } from './visits.js';

/**
 * Written for speed: many small binary heaps of (key, visit) side by side in two typed arrays, so that a heap of four costs one cache line.
 * It means: a list of arrays sorted by key. A heap is named by its offset; its owner knows its size and room. Equal keys leave in an order
 * that depends on nothing but the order of calls.
 */
export class HeapSlab {
  keys = new Float64Array(256);
  slots = new Int32Array(256);
  private end = 0;

  /** Sets room for a heap aside and returns its offset. */
  reserve(room: number): number {
    const offset = this.end;
    this.end += room;
    while (this.end > this.keys.length) {
      this.keys = wider(this.keys, new Float64Array(this.keys.length * 2));
      this.slots = wider(this.slots, new Int32Array(this.slots.length * 2));
    }
    return offset;
  }

  /** Copies a heap to where it has more room; the old place is given up. */
  move(from: number, size: number, room: number): number {
    const to = this.reserve(room);
    this.keys.copyWithin(to, from, from + size);
    this.slots.copyWithin(to, from, from + size);
    return to;
  }

  /** Visits of a heap, in no particular order: a view that the next change invalidates. */
  visits(offset: number, size: number): Int32Array {
    return this.slots.subarray(offset, offset + size);
  }

  /** Restores the order after the entry at position `from` was written with a key that may be too small for its place. */
  rise(offset: number, from: number): void {
    const { keys, slots } = this;
    const key = keys[offset + from];
    const visit = slots[offset + from];
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (keys[offset + parent] <= key) break;
      keys[offset + hole] = keys[offset + parent];
      slots[offset + hole] = slots[offset + parent];
      hole = parent;
    }
    keys[offset + hole] = key;
    slots[offset + hole] = visit;
  }

  /** Restores the order of a heap of `size` after the entry at position `from` was written with a key that may be too large for its place. */
  sink(offset: number, from: number, size: number): void {
    const { keys, slots } = this;
    const key = keys[offset + from];
    const visit = slots[offset + from];
    let hole = from;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[offset + child + 1] < keys[offset + child]) child += 1;
      if (keys[offset + child] >= key) break;
      keys[offset + hole] = keys[offset + child];
      slots[offset + hole] = slots[offset + child];
      hole = child;
    }
    keys[offset + hole] = key;
    slots[offset + hole] = visit;
  }
}
