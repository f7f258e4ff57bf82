import { wider } from '../requests/visits.js';

/**
 * Written for speed: the messages of one queue, as columns of typed arrays with a free list. It means: a set of objects {publishedAt,
 * operation, receives, ...}; a slot number stands for the object.
 *
 * A message lives from its publication until the broker has forgotten it and no worker is at it any more.
 */
export class Messages {
  /** Counts publications: the older message has the smaller number. */
  sequence = new Float64Array(64);
  publishedAt = new Float64Array(64);
  /** Keys of the job's draws. */
  ordinal = new Float64Array(64);
  hop = new Int32Array(64);
  /** Its work, an index. */
  operation = new Int32Array(64);
  /** Deliveries so far. */
  receives = new Int32Array(64);
  /** Deliveries that are on their way or at a worker. */
  running = new Int32Array(64);
  /** Changes with every delivery and every new message, so that a late timer or acknowledgement can tell. */
  receipt = new Int32Array(64);
  /** Where it is: see `MESSAGE`. */
  state = new Uint8Array(64);
  /** 1 once its job has been completed. */
  done = new Uint8Array(64);
  /** 1 where the job is a logical request of its own. */
  outside = new Uint8Array(64);
  /** What will become of its job unless a worker still completes it: an outcome. */
  fate = new Uint8Array(64);
  /** End of the slots ever used. */
  used = 0;
  private free: number[] = [];
  private published = 0;

  /** Enters a message that waits; the rest is the caller's to write. */
  take(publishedAt: number): number {
    const slot = this.free.pop() ?? this.extend();
    this.sequence[slot] = this.published;
    this.published += 1;
    this.publishedAt[slot] = publishedAt;
    this.receives[slot] = 0;
    this.running[slot] = 0;
    this.receipt[slot] = (this.receipt[slot] + 1) & RECEIPTS;
    this.state[slot] = MESSAGE.waiting;
    this.done[slot] = 0;
    return slot;
  }

  /** Gives a slot back. */
  release(slot: number): void {
    this.state[slot] = MESSAGE.none;
    this.receipt[slot] = (this.receipt[slot] + 1) & RECEIPTS;
    this.free.push(slot);
  }

  /** Counts a delivery; returns its receipt. */
  receive(slot: number): number {
    this.receives[slot] += 1;
    this.running[slot] += 1;
    this.state[slot] = MESSAGE.delivered;
    this.receipt[slot] = (this.receipt[slot] + 1) & RECEIPTS;
    return this.receipt[slot];
  }

  /** A number below 2^47 that names the newest delivery of a message, for timers: see `slotOf`. */
  token(slot: number): number {
    return this.receipt[slot] * SLOTS + slot;
  }

  /** The message whose newest delivery a token names, or -1 when there has been another since. */
  slotOf(token: number): number {
    const receipt = Math.floor(token / SLOTS);
    const slot = token - receipt * SLOTS;
    return this.receipt[slot] === receipt ? slot : -1;
  }

  private extend(): number {
    if (this.used === this.state.length) this.grow();
    this.used += 1;
    return this.used - 1;
  }

  private grow(): void {
    const size = this.state.length * 2;
    if (size > SLOTS) throw new RangeError(`a queue holds at most ${SLOTS} messages at a time`);
    this.sequence = wider(this.sequence, new Float64Array(size));
    this.publishedAt = wider(this.publishedAt, new Float64Array(size));
    this.ordinal = wider(this.ordinal, new Float64Array(size));
    this.hop = wider(this.hop, new Int32Array(size));
    this.operation = wider(this.operation, new Int32Array(size));
    this.receives = wider(this.receives, new Int32Array(size));
    this.running = wider(this.running, new Int32Array(size));
    this.receipt = wider(this.receipt, new Int32Array(size));
    this.state = wider(this.state, new Uint8Array(size));
    this.done = wider(this.done, new Uint8Array(size));
    this.outside = wider(this.outside, new Uint8Array(size));
    this.fate = wider(this.fate, new Uint8Array(size));
  }
}

/** Where a message is: nowhere, waiting in the queue, delivered and not acknowledged, or forgotten by the broker while a worker is at it. */
export const MESSAGE = { none: 0, waiting: 1, delivered: 2, gone: 3 } as const;

/** Messages at a time stay below 2^24; receipts wrap long after any timer of the first is due. */
const SLOTS = 2 ** 24;
const RECEIPTS = 2 ** 23 - 1;
