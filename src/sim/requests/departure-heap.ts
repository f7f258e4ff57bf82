import { HeapSlab, leaveTop, removeAt, rise, secondKey, slotsOf } from './heap-slab.js';

/**
 * Written for speed: a binary heap of (key, visit) in memory that it may share with others. It means: an array sorted by key.
 *
 * Keys are instants, or virtual time under processor sharing. Equal keys leave in an order that depends on nothing but the order of calls.
 * A key travels through the memory, not through arguments, where it would be boxed; that of the first is Infinity when the heap is empty.
 */
export class DepartureHeap {
  private offset: number;
  private room = ROOM;
  /** Where the visits lie among the integers. */
  private places: number;
  size = 0;

  constructor(private readonly heaps = new HeapSlab(2 * ROOM)) {
    this.offset = heaps.reserve(ROOM);
    this.places = slotsOf(this.offset, ROOM);
    heaps.keys[this.offset] = Infinity;
  }

  /** Smallest key, or Infinity. */
  get minKey(): number {
    return this.heaps.keys[this.offset];
  }

  /** Smallest key but one, or Infinity. */
  get secondKey(): number {
    const { size } = this;
    return size < 2 ? Infinity : secondKey(this.heaps.keys, this.offset, size - 1);
  }

  /** Visit with the smallest key; meaningless when empty. */
  get minVisit(): number {
    return this.heaps.slots[this.places];
  }

  /** Visit at a position, in no particular order, 0 to size - 1. */
  visitAt(position: number): number {
    return this.heaps.slots[this.places + position];
  }

  /** Its key. */
  keyAt(position: number): number {
    return this.heaps.keys[this.offset + position];
  }

  push(key: number, visit: number): void {
    const { size, heaps } = this;
    if (size === this.room) this.grow();
    heaps.keys[this.offset + size] = key;
    heaps.slots[this.places + size] = visit;
    if (size > 0) rise(heaps, this.offset, this.places, size);
    this.size = size + 1;
  }

  /** Removes the visit with the smallest key. Must not be called when empty. */
  pop(): void {
    const last = this.size - 1;
    this.size = last;
    if (last === 0) this.heaps.keys[this.offset] = Infinity;
    else leaveTop(this.heaps, this.offset, this.places, last);
  }

  /** Removes everything and returns the visits, in no particular order. */
  drain(): number[] {
    const visits = Array.from({ length: this.size }, (_, i) => this.visitAt(i));
    this.clear();
    return visits;
  }

  /** Removes everything. */
  clear(): void {
    this.size = 0;
    this.heaps.keys[this.offset] = Infinity;
  }

  /** Removes a visit wherever it is and returns its key; Infinity when it is not there. Takes time proportional to the size. */
  remove(visit: number): number {
    const { heaps, offset, places } = this;
    const position = heaps.slots.subarray(places, places + this.size).indexOf(visit);
    if (position < 0) return Infinity;
    const key = heaps.keys[offset + position];
    this.size -= 1;
    if (this.size === 0) heaps.keys[offset] = Infinity;
    else removeAt(heaps, offset, places, position, this.size);
    return key;
  }

  private grow(): void {
    this.offset = this.heaps.move(this.offset, this.room, this.room * 2);
    this.room *= 2;
    this.places = slotsOf(this.offset, this.room);
  }
}

/** Entries it has room for at first: a cache line of keys and visits. */
const ROOM = 4;
