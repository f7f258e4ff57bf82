/**
 * What all stations of a workload or dependency have done since the start, in one typed array, where a number is never boxed. All are whole
 * numbers, so that the order of completions never shows.
 */
export type WorkSums = Float64Array;

/** Visits served and gone. */
export const HOLDS = 0;
/** Sum of the time each of those needed its worker (CPU, under processor sharing), in tenths of a millisecond. */
export const HOLD_TENTHS = 1;
/** Sum of the squares of that. */
export const HOLD_SQUARES = 2;
/** Visits whose service has begun. */
export const BEGUN = 3;
/** How long those waited for it, in microseconds. */
export const WAITED = 4;

/** Sums in an array, some of them in reserve so that it is a cache line. */
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
