import { STRIDE, type Visits } from './visits.js';

/**
 * Written for speed: the callers' side of requests that need one (a time-out, retries, or a caller inside the system), with a free list, in
 * the memory of the visits. It means: a set of objects {site, parent, attempt, visit, ...}; a handle stands for the object, and
 * `reals[call + REQUEST]`, `ints[2 * call + PARENT]` for its fields.
 *
 * A record that has been taken for a call is a call's for good: its `STATE` stays `VISIT.none`, so that nobody takes it for a visit on board.
 * A call lives from the first attempt to its final outcome; each attempt is a visit.
 */
export class Calls {
  private freed = -1;

  constructor(private readonly visits: Visits) {}

  /** A call is made from a site, for a logical request of an ordinal, at a place in the tree of calls, and by `parent`: see `PARENT`. */
  begin(site: number, ordinal: number, path: number, parent: number): number {
    const call = this.take();
    const { reals, ints } = this.visits;
    reals[call + REQUEST] = ordinal;
    ints[2 * call + SITE] = site;
    ints[2 * call + PATH] = path;
    ints[2 * call + PARENT] = parent;
    ints[2 * call + ATTEMPT] = 0;
    ints[2 * call + PRESENT] = -1;
    ints[2 * call + SIBLING] = -1;
    return call;
  }

  /** A call has ended for good; its handle is free. */
  release(call: number): void {
    const { ints } = this.visits;
    ints[2 * call + PARENT] = CALLER.gone;
    ints[2 * call + EPOCH] += 1;
    ints[2 * call + SIBLING] = this.freed;
    this.freed = call;
  }

  /** A number that names the present attempt of a call, for timers: see `callOf`. */
  token(call: number): number {
    return this.visits.ints[2 * call + EPOCH] * SLOTS + call / STRIDE;
  }

  /** The call whose attempt a token names, or -1 when the attempt has ended. */
  callOf(token: number): number {
    const epoch = Math.floor(token / SLOTS);
    const call = (token - epoch * SLOTS) * STRIDE;
    return this.runs(call, epoch) ? call : -1;
  }

  /** Changes with the end of every attempt: see `runs`. */
  epochOf(call: number): number {
    return this.visits.ints[2 * call + EPOCH];
  }

  /** Whether the attempt that a call was at in an epoch still runs. */
  runs(call: number, epoch: number): boolean {
    return this.visits.ints[2 * call + EPOCH] === epoch;
  }

  private take(): number {
    const call = this.freed;
    if (call < 0) return this.visits.extend();
    this.freed = this.visits.ints[2 * call + SIBLING];
    return call;
  }
}

/** Who waits for a call's answer where no visit does: a client outside, nobody any more, or there is no call. */
export const CALLER = { outside: -1, nobody: -2, gone: -3 } as const;

/** Stands for the visit of an attempt that has ended, but whose caller has not been told yet. */
export const UNDER_WAY = -2;

const SLOTS = 2 ** 26;

/** First of the real fields, in the second half of a record. Intended arrival of the logical request, for calls from outside. */
const INTENDED_AT = 8;
/** Ordinal of the logical request in its traffic source. */
const REQUEST = 9;

/** First of the integer fields. Key of its place in the tree of calls. */
const PATH = 20;
/** Its call site, an index. */
const SITE = 21;
/** Visit that waits for the answer, or one of `CALLER`. */
const PARENT = 31;
/** Attempts made before the present one. */
const ATTEMPT = 23;
/** Present attempt's visit, -1 while backing off, or `UNDER_WAY`. */
const PRESENT = 24;
/** Next call of the same parent, or -1. */
const SIBLING = 25;
/** Changes with the end of every attempt and of every life, so that a late timer can tell. */
const EPOCH = 26;

/** The fields of a call: see `FIELDS` of visits. */
export const CALL_FIELDS = {
  ...{ INTENDED_AT, REQUEST, PATH, SITE, PARENT, ATTEMPT, PRESENT, SIBLING, EPOCH },
} as const;
