import type { Calls } from './calls.js';

/** Time-outs of one length, in the order set: a ring in typed arrays. Those at its head whose attempt has ended fall out with the one before. */
export class TimeoutLane {
  /** One cell: when the first one is due, or Infinity. */
  readonly next = Float64Array.of(Infinity);
  private times = new Float64Array(ROOM);
  private calls = new Int32Array(ROOM);
  private epochs = new Int32Array(ROOM);
  private head = 0;
  private size = 0;

  /** Adds one that is due not before the last one added. */
  push(at: number, call: number, epoch: number): void {
    if (this.size === this.times.length) this.grow();
    const slot = (this.head + this.size) & (this.times.length - 1);
    this.times[slot] = at;
    this.calls[slot] = call;
    this.epochs[slot] = epoch;
    this.size += 1;
    if (this.size === 1) this.next[0] = at;
  }

  /** Removes the first and returns its call, or -1 when the attempt has ended. Must not be called when there is none. */
  shift(all: Calls): number {
    const call = this.calls[this.head];
    const runs = all.runs(call, this.epochs[this.head]);
    const mask = this.times.length - 1;
    do {
      this.head = (this.head + 1) & mask;
      this.size -= 1;
    } while (this.size > 0 && !all.runs(this.calls[this.head], this.epochs[this.head]));
    this.next[0] = this.size === 0 ? Infinity : this.times[this.head];
    return runs ? call : -1;
  }

  private grow(): void {
    const { head, size } = this;
    const turned = <Column extends Float64Array | Int32Array>(from: Column, to: Column): Column => {
      to.set(from.subarray(head));
      to.set(from.subarray(0, head), size - head);
      return to;
    };
    this.times = turned(this.times, new Float64Array(size * 2));
    this.calls = turned(this.calls, new Int32Array(size * 2));
    this.epochs = turned(this.epochs, new Int32Array(size * 2));
    this.head = 0;
  }
}

/** Time-outs there is room for at first, a power of two: see `Visits`. */
const ROOM = 4096;
