/** What becomes of a visit that is offered. Refused. */
export const REFUSED = -3;
/** The visit is on board of the station. */
export const KEPT = -2;
/** Settled to the end, its handle free; also an entry in the heap. */
export const FORETOLD = -1;

/** CPU time is summed in whole parts of a microsecond, so that the order of completions never shows. */
export const CPU_GRAINS = 1024;

/** Reals from one station to the next: a cache line. */
export const RECORD = 8;
/** Where among them the CPU and worker time used stands, behind the integers. */
export const USED = 6;

/** Integers from one station to the next, and which is which. */
export const CELLS = 2 * RECORD;
/** Visits being served. */
export const SIZE = 0;
/** Visits that hold a worker while their calls are out. */
export const HELD = 1;
/** Visits served at once. */
export const WORKERS = 2;
/** Visits waiting. */
export const WAITING = 3;
/** How many may wait. */
export const LIMIT = 4;
/** The first who waits, or -1. */
export const HEAD = 5;
/** The last who waits, or -1. */
export const TAIL = 6;
/** Where the heap lies. */
export const OFFSET = 7;
/** How long it may get there. */
export const ROOM = 8;
/** The front that the station belongs to. */
export const FRONT = 9;
/**
 * 1 when the entry at the top of the heap has left and nobody has taken its place yet: the next to begin will, which is cheaper than to
 * close the gap and to open another.
 */
export const VACANT = 10;
