import { wider } from './visits.js';

/** First in, first out, of slots and handles: a ring in a typed array, emptied without giving its room back. */
export class SlotQueue {
  private slots = new Int32Array(16);
  private head = 0;
  size = 0;

  /** Adds one at the end. */
  push(slot: number): void {
    if (this.size === this.slots.length) this.grow();
    this.slots[(this.head + this.size) & (this.slots.length - 1)] = slot;
    this.size += 1;
  }

  /** The first. Must not be asked when empty. */
  get first(): number {
    return this.slots[this.head];
  }

  /** Removes the first and returns it. Must not be called when empty. */
  shift(): number {
    const slot = this.slots[this.head];
    this.head = (this.head + 1) & (this.slots.length - 1);
    this.size -= 1;
    return slot;
  }

  private grow(): void {
    const room = this.slots.length;
    const turned = new Int32Array(room);
    for (let i = 0; i < room; i += 1) turned[i] = this.slots[(this.head + i) & (room - 1)];
    this.slots = wider(turned, new Int32Array(room * 2));
    this.head = 0;
  }
}
