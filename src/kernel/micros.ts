declare const unit: unique symbol;

/**
 * An instant or a length of time in whole microseconds.
 *
 * Instants count from the start of the run; a calendar needs the run's origin as well.
 * Integers up to 2^53 (285 years), so comparison is exact and no epsilon is ever needed.
 */
export type Micros = number & { readonly [unit]: 'Micros' };

/** Rounds a number of microseconds to the nearest whole one. */
export function micros(value: number): Micros {
  return Math.round(value) as Micros;
}

/** Converts seconds to whole microseconds. */
export function seconds(value: number): Micros {
  return micros(value * 1e6);
}

/** Converts microseconds to seconds, a plain number for arithmetic and display. */
export function toSeconds(value: number): number {
  return value / 1e6;
}
