/**
 * Written for speed: the state of every attempt on board, in typed arrays with a free list, so that a request allocates nothing and
 * touches few cache lines. It means: a set of objects {intendedAt, startedAt, cpu, ...}; a handle stands for the object, and
 * `reals[visit + CPU]`, `ints[2 * visit + STATE]` for its fields.
 *
 * A visit is one attempt at one workload or dependency. It lives from the offer until its server has let go of it.
 */
export class Visits {
  reals = new Float64Array(STRIDE * ENOUGH);
  /** The same memory as integers: fields of a visit lie at `2 * visit`. */
  ints = new Int32Array(this.reals.buffer);
  /** End of the handles ever used; handles are multiples of `STRIDE`. */
  end = 0;
  private freed = -1;

  /** Takes a handle. Its fields hold what the last user left there. */
  take(): number {
    const visit = this.freed;
    if (visit < 0) return this.extend();
    this.freed = this.ints[2 * visit + NEXT];
    return visit;
  }

  /** Gives a handle back. */
  release(visit: number): void {
    this.ints[2 * visit + STATE] = VISIT.none;
    this.ints[2 * visit + NEXT] = this.freed;
    this.freed = visit;
  }

  /** Handles of the visits that hold a worker of a station; looks at every visit. */
  holdingAt(station: number): number[] {
    const found: number[] = [];
    for (let visit = 0; visit < this.end; visit += STRIDE) {
      if (this.ints[2 * visit + STATE] === VISIT.holding && this.ints[2 * visit + STATION] === station)
        found.push(visit);
    }
    return found;
  }

  /** A handle never used before, its fields all 0. */
  extend(): number {
    if (this.end === this.reals.length) {
      this.reals = wider(this.reals, new Float64Array(this.end * 2));
      this.ints = new Int32Array(this.reals.buffer);
    }
    const visit = this.end;
    this.end += STRIDE;
    return visit;
  }
}

/** Where a visit is: nowhere, waiting for a worker, being served, or holding its worker while its calls are out. */
export const VISIT = { none: 0, waiting: 1, served: 2, holding: 3 } as const;

/** Distance between handles, in reals: two cache lines, of which a plain request needs the first only. */
export const STRIDE = 16;

/** First of the real fields. Intended arrival of the logical request, for visits whose client does nothing but wait. */
export const INTENDED = 0;
/** When its service began. */
export const STARTED = 1;
/** CPU time it needs there, in microseconds of that core. */
export const CPU = 2;
/** Time it needs after its CPU phase, in microseconds. */
export const WAIT = 3;
/** When it began to wait for a worker. */
export const ARRIVED = 4;

/** First of the integer fields, behind the five reals. Where it is with its station: see `VISIT`. */
export const STATE = 10;
/** Its operation, an index. */
export const OPERATION = 11;
/** Its call, a slot, or one of `LISTENER`. */
export const CALL = 12;
/** Its station's index. */
export const STATION = 13;
/** The next in a waiting line, or -1. */
export const NEXT = 14;
/** The one before in a waiting line, or -1. */
export const PREVIOUS = 15;

/** First of the real fields in the second line. Ordinal of the logical request in its traffic source. */
export const ORDINAL = 8;
/** Counts the times that its patience was timed, so that a late timer can tell it is somebody else's. */
export const LIFE = 9;
/** When its own work at the station ended, for the sink to read. */
export const ENDS = 10;

/** First of its integer fields, behind three reals. Key of its place in the tree of calls. */
export const HOP = 22;
/** Of the calls it makes, the first still out: a slot, or -1. */
export const FIRST_CALL = 23;
/** The group of calls it is at. */
export const GROUP = 24;
/** How many calls of the group are out. */
export const PENDING = 25;
/** 1 when one of them has failed. */
export const BROKEN = 26;
/** Instance of the balancer that it went through, or its flight where messages take time; at fronts with a gate only, as is `RETRY`. */
export const INSTANCE = 27;
/** 1 when it is not the first attempt. */
export const RETRY = 28;
/** Its delivery from a queue, a slot; of jobs only. */
export const DELIVERY = 29;

/**
 * All of them in one record. The busiest files make them constants of their own: those are compiled into the code, while an imported one is
 * read from memory wherever it stands.
 */
export const FIELDS = {
  ...{ INTENDED, STARTED, CPU, WAIT, ARRIVED, STATE, OPERATION, CALL, STATION, NEXT, PREVIOUS },
  ...{ ORDINAL, LIFE, ENDS, HOP, FIRST_CALL, GROUP, PENDING, BROKEN, INSTANCE, RETRY },
} as const;

/**
 * Records there is room for at first. Memory that nobody has written costs nothing, and while a column is never replaced the compiler
 * need not look after every call whether it has been.
 */
const ENOUGH = 8192;

/** Copies a column into a longer one. */
export function wider<Column extends Float64Array | Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
