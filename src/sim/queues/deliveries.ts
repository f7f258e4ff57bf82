import { wider } from '../requests/visits.js';

/**
 * Written for speed: deliveries from one queue on their way to a worker or at one, as columns of typed arrays with a free list. It means:
 * a set of objects {message, receipt, station}; a slot number stands for the object.
 */
export class Deliveries {
  /** The message, a slot. */
  message = new Int32Array(64);
  /** Its receipt at the delivery. */
  receipt = new Int32Array(64);
  /** Station of the pod that took it. */
  station = new Int32Array(64);
  private readonly free: number[] = [];
  private used = 0;

  take(message: number, receipt: number, station: number): number {
    const slot = this.free.pop() ?? this.extend();
    this.message[slot] = message;
    this.receipt[slot] = receipt;
    this.station[slot] = station;
    return slot;
  }

  release(slot: number): void {
    this.free.push(slot);
  }

  private extend(): number {
    const size = this.message.length;
    if (this.used === size) {
      this.message = wider(this.message, new Int32Array(size * 2));
      this.receipt = wider(this.receipt, new Int32Array(size * 2));
      this.station = wider(this.station, new Int32Array(size * 2));
    }
    this.used += 1;
    return this.used - 1;
  }
}

/** Stands for what a delivery would have been spared where it has failed. */
export const FAILED = -1;
