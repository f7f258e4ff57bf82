/**
 * What a station has done since it was made: sums in one typed array, where a number is never boxed. All but CPU time are whole numbers,
 * so that the order of completions never shows.
 */
export type WorkSums = Float64Array;

/** CPU time used by visits that have left, in microseconds. */
export const CPU_TIME = 0;
/** Worker time used by visits that have left, in microseconds. */
export const WORKER_TIME = 1;
/** Visits served and gone. */
export const HOLDS = 2;
/** Sum of the time each of those needed its worker (CPU, under processor sharing), in tenths of a millisecond. */
export const HOLD_TENTHS = 3;
/** Sum of the squares of that. */
export const HOLD_SQUARES = 4;
/** Visits whose service has begun. */
export const BEGUN = 5;
/** How long those waited for it, in microseconds. */
export const WAITED = 6;

/** Sums a station has, one of them in reserve so that they share a cache line. */
export const SUMS = 8;

/** Sums at nothing. */
export function noWork(): WorkSums {
  return new Float64Array(SUMS);
}

/** A visit that needed its worker for so long was served and is gone. */
export function countHold(sums: WorkSums, micros: number): void {
  const tenths = Math.floor(micros * 0.01 + 0.5);
  sums[HOLDS] += 1;
  sums[HOLD_TENTHS] += tenths;
  sums[HOLD_SQUARES] += tenths * tenths;
}

/** Adds one station's sums to another's. */
export function addWork(to: WorkSums, from: WorkSums): void {
  for (let i = 0; i < to.length; i += 1) to[i] += from[i];
}
