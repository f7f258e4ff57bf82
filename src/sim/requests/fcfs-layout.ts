/** What becomes of a visit that is offered: refused, on board, or settled to the end (also its entry in the heap). */
export const REFUSED = -3;
export const KEPT = -2;
export const FORETOLD = -1;

/** CPU time is summed in whole parts of a microsecond, so that the order of completions never shows. */
export const CPU_GRAINS = 1024;

/** Reals from one station to the next: a cache line. What has been used lies behind the integers. */
export const RECORD = 8;
export const USED = 6;

/** Integers from one station to the next, and which is which. */
export const CELLS = 2 * RECORD;
/** Visits being served. */
export const SIZE = 0;
/** Visits that hold a worker while their calls are out. */
export const HELD = 1;
/** Visits served at once. */
export const WORKERS = 2;
/** Visits waiting, how many may, the first and the last of them. */
export const WAITING = 3;
export const LIMIT = 4;
export const HEAD = 5;
export const TAIL = 6;
/** Where the heap lies, and how long it may get there. */
export const OFFSET = 7;
export const ROOM = 8;
/** The front that the station belongs to. */
export const FRONT = 9;
/**
 * 1 when the entry at the top of the heap has left and nobody has taken its place yet: the next to begin will, which is cheaper than to
 * close the gap and to open another.
 */
export const VACANT = 10;
