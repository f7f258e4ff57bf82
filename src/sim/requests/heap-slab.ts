import { wider } from './visits.js';

/**
 * Written for speed: many small binary heaps of (key, visit) side by side in one piece of memory, so that a heap of four costs one cache line.
 * It means: a list of arrays sorted by key. A heap of `room` entries takes 2 * room reals: its keys, then its visits as integers, of
 * which half the place stays empty. It is named by the offset of its keys; its owner knows its size and room. Equal keys leave in an
 * order that depends on nothing but the order of calls.
 */
export class HeapSlab {
  keys: Float64Array<ArrayBuffer>;
  /** The same memory as integers. */
  slots: Int32Array<ArrayBuffer>;
  private end = 0;

  /** Memory for so many reals to begin with. */
  constructor(reals = 256) {
    this.keys = new Float64Array(reals);
    this.slots = new Int32Array(this.keys.buffer);
  }

  /** Sets room for a heap aside and returns its offset. */
  reserve(room: number): number {
    const offset = this.end;
    this.end += 2 * room;
    while (this.end > this.keys.length) {
      this.keys = wider(this.keys, new Float64Array(this.keys.length * 2));
      this.slots = new Int32Array(this.keys.buffer);
    }
    return offset;
  }

  /** Copies a heap that fills its room to where it has more; the old place is given up. */
  move(from: number, oldRoom: number, room: number): number {
    const to = this.reserve(room);
    this.keys.copyWithin(to, from, from + oldRoom);
    const visits = slotsOf(from, oldRoom);
    this.slots.copyWithin(slotsOf(to, room), visits, visits + oldRoom);
    return to;
  }
}

/** Where the visits of a heap lie among the integers. */
export function slotsOf(offset: number, room: number): number {
  return 2 * (offset + room);
}

/**
 * Restores the order after the entry at position `from` was written with a key that may be too small for its place. `offset` is where the
 * keys begin, `visits` where the visits do.
 */
export function rise(heaps: HeapSlab, offset: number, visits: number, from: number): void {
  const { keys, slots } = heaps;
  const key = keys[offset + from];
  const visit = slots[visits + from];
  let hole = from;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (keys[offset + parent] <= key) break;
    keys[offset + hole] = keys[offset + parent];
    slots[visits + hole] = slots[visits + parent];
    hole = parent;
  }
  keys[offset + hole] = key;
  slots[visits + hole] = visit;
}

/** Restores the order of a heap of `size` after the entry at position `from` was written with a key that may be too large for its place. */
export function sink(heaps: HeapSlab, offset: number, visits: number, from: number, size: number): void {
  const { keys, slots } = heaps;
  const key = keys[offset + from];
  const visit = slots[visits + from];
  const last = size - 1;
  let hole = from;
  let child = 2 * from + 1;
  while (child <= last) {
    if (child < last && keys[offset + child + 1] < keys[offset + child]) child += 1;
    if (keys[offset + child] >= key) break;
    keys[offset + hole] = keys[offset + child];
    slots[visits + hole] = slots[visits + child];
    hole = child;
    child = 2 * child + 1;
  }
  keys[offset + hole] = key;
  slots[visits + hole] = visit;
}

/** Takes the first entry out of a heap that has `size` entries without it. */
export function leaveTop(heaps: HeapSlab, offset: number, visits: number, size: number): void {
  heaps.keys[offset] = heaps.keys[offset + size];
  heaps.slots[visits] = heaps.slots[visits + size];
  if (size > 1) sink(heaps, offset, visits, 0, size);
}

/** Takes the entry at a position out of a heap that has `size` entries without it. */
export function removeAt(heaps: HeapSlab, offset: number, visits: number, position: number, size: number): void {
  heaps.keys[offset + position] = heaps.keys[offset + size];
  heaps.slots[visits + position] = heaps.slots[visits + size];
  if (position >= size) return;
  rise(heaps, offset, visits, position);
  sink(heaps, offset, visits, position, size);
}

/** Smallest key of a heap that has `size` entries besides the first, the first left out; Infinity when there is none. */
export function secondKey(keys: Float64Array, offset: number, size: number): number {
  if (size < 2) return size === 0 ? Infinity : keys[offset + 1];
  const left = keys[offset + 1];
  const right = keys[offset + 2];
  return right < left ? right : left;
}
