import { wider } from './visits.js';

/**
 * Written for speed: the callers' side of requests that need one (a time-out, retries, or a caller inside the system), as columns of typed
 * arrays with a free list. It means: a set of objects {site, parent, attempt, visit, ...}; a slot number stands for the object.
 *
 * A call lives from the first attempt to its final outcome; each attempt is a visit.
 */
export class Calls {
  /** Intended arrival of the logical request, for calls from outside. */
  intendedAt = new Float64Array(256);
  ordinal = new Float64Array(256);
  hop = new Int32Array(256);
  /** Its call site, an index. */
  site = new Int32Array(256);
  /** Visit that waits for the answer: a slot, or one of `CALLER`. */
  parent = new Int32Array(256);
  /** Attempts made before the present one. */
  attempt = new Int32Array(256);
  /** Present attempt's visit, -1 while backing off, or `UNDER_WAY`. */
  visit = new Int32Array(256);
  /** Next call of the same parent, or -1. */
  sibling = new Int32Array(256);
  /** Changes with every attempt and every life, so that a late timer can tell. */
  epoch = new Int32Array(256);
  live = new Uint8Array(256);
  private freed = -1;
  used = 0;

  take(): number {
    let slot = this.freed;
    if (slot >= 0) {
      this.freed = this.sibling[slot];
    } else {
      if (this.used === this.site.length) this.grow();
      slot = this.used;
      this.used += 1;
    }
    this.live[slot] = 1;
    return slot;
  }

  release(slot: number): void {
    this.live[slot] = 0;
    this.epoch[slot] += 1;
    this.sibling[slot] = this.freed;
    this.freed = slot;
  }

  /** A number that names the present attempt of a call, for timers: see `callOf`. */
  token(slot: number): number {
    return this.epoch[slot] * SLOTS + slot;
  }

  /** The call whose attempt a token names, or -1 when the attempt has ended. */
  callOf(token: number): number {
    const epoch = Math.floor(token / SLOTS);
    const slot = token - epoch * SLOTS;
    return this.runs(slot, epoch) ? slot : -1;
  }

  /** Whether the attempt that a call was at in an epoch still runs. */
  runs(slot: number, epoch: number): boolean {
    return this.live[slot] === 1 && this.epoch[slot] === epoch;
  }

  private grow(): void {
    const size = this.site.length * 2;
    this.intendedAt = wider(this.intendedAt, new Float64Array(size));
    this.ordinal = wider(this.ordinal, new Float64Array(size));
    this.epoch = wider(this.epoch, new Int32Array(size));
    this.hop = wider(this.hop, new Int32Array(size));
    this.site = wider(this.site, new Int32Array(size));
    this.parent = wider(this.parent, new Int32Array(size));
    this.attempt = wider(this.attempt, new Int32Array(size));
    this.visit = wider(this.visit, new Int32Array(size));
    this.sibling = wider(this.sibling, new Int32Array(size));
    this.live = wider(this.live, new Uint8Array(size));
  }
}

/** Who waits for a call's answer where no visit does: a client outside, or nobody any more. */
export const CALLER = { outside: -1, nobody: -2 } as const;

/** Stands for the visit of an attempt that has ended, but whose caller has not been told yet. */
export const UNDER_WAY = -2;

const SLOTS = 2 ** 26;
