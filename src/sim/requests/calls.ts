import { wider } from './visits.js';

/**
 * Written for speed: the callers' side of requests that need one (a time-out, retries, or a caller inside the system), in typed arrays with
 * a free list, a cache line each. It means: a set of objects {site, parent, attempt, visit, ...}; a handle stands for the object, and
 * `reals[call + REQUEST]`, `ints[2 * call + PARENT]` for its fields.
 *
 * A call lives from the first attempt to its final outcome; each attempt is a visit.
 */
export class Calls {
  reals = new Float64Array(STRIDE * 256);
  /** The same memory as integers: fields of a call lie at `2 * call`. */
  ints = new Int32Array(this.reals.buffer);
  /** End of the handles ever used; handles are multiples of `STRIDE`. */
  end = 0;
  private freed = -1;

  /** A call is made from a site, for a logical request of an ordinal, at a place in the tree of calls, and by `parent`: see `PARENT`. */
  begin(site: number, ordinal: number, path: number, parent: number): number {
    const call = this.take();
    const { ints } = this;
    this.reals[call + REQUEST] = ordinal;
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
    const { ints } = this;
    ints[2 * call + PARENT] = CALLER.gone;
    ints[2 * call + EPOCH] += 1;
    ints[2 * call + SIBLING] = this.freed;
    this.freed = call;
  }

  /** A number that names the present attempt of a call, for timers: see `callOf`. */
  token(call: number): number {
    return this.ints[2 * call + EPOCH] * SLOTS + call / STRIDE;
  }

  /** The call whose attempt a token names, or -1 when the attempt has ended. */
  callOf(token: number): number {
    const epoch = Math.floor(token / SLOTS);
    const call = (token - epoch * SLOTS) * STRIDE;
    return this.runs(call, epoch) ? call : -1;
  }

  /** Whether the attempt that a call was at in an epoch still runs. */
  runs(call: number, epoch: number): boolean {
    return this.ints[2 * call + EPOCH] === epoch;
  }

  private take(): number {
    const call = this.freed;
    if (call < 0) return this.extend();
    this.freed = this.ints[2 * call + SIBLING];
    return call;
  }

  private extend(): number {
    if (this.end === this.reals.length) {
      this.reals = wider(this.reals, new Float64Array(this.end * 2));
      this.ints = new Int32Array(this.reals.buffer);
    }
    const call = this.end;
    this.end += STRIDE;
    return call;
  }
}

/** Who waits for a call's answer where no visit does: a client outside, nobody any more, or there is no call. */
export const CALLER = { outside: -1, nobody: -2, gone: -3 } as const;

/** Stands for the visit of an attempt that has ended, but whose caller has not been told yet. */
export const UNDER_WAY = -2;

/** Distance between handles, in reals: one cache line. */
const STRIDE = 8;

const SLOTS = 2 ** 26;

/** First of the real fields. Intended arrival of the logical request, for calls from outside. */
const INTENDED_AT = 0;
/** Ordinal of the logical request in its traffic source. */
const REQUEST = 1;

/** First of the integer fields, behind the two reals. Key of its place in the tree of calls. */
const PATH = 4;
/** Its call site, an index. */
const SITE = 5;
/** Visit that waits for the answer, or one of `CALLER`. */
const PARENT = 6;
/** Attempts made before the present one. */
const ATTEMPT = 7;
/** Present attempt's visit, -1 while backing off, or `UNDER_WAY`. */
const PRESENT = 8;
/** Next call of the same parent, or -1. */
const SIBLING = 9;
/** Changes with the end of every attempt and of every life, so that a late timer can tell. */
const EPOCH = 10;

/** The fields of a call: see `FIELDS` of visits. */
export const CALL_FIELDS = {
  ...{ STRIDE, INTENDED_AT, REQUEST, PATH, SITE, PARENT, ATTEMPT, PRESENT, SIBLING, EPOCH },
} as const;
