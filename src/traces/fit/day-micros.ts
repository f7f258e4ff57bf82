/** A day, in microseconds. */
export const DAY_MICROS = 86_400_000_000;
