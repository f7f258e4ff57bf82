/** Keeps a product like 0.07 x 100 = 7.000000000000001 from being one too many or too few. */
const ROUNDING = 1e-9;

/** A share of a whole number of things, rounded up to whole ones. */
export function partOfUp(share: number, things: number): number {
  return Math.ceil(share * things - ROUNDING);
}

/** A share of a whole number of things, rounded down to whole ones. */
export function partOfDown(share: number, things: number): number {
  return Math.floor(share * things + ROUNDING);
}
