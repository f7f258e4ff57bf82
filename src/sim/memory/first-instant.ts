import { type Micros, micros } from '../../kernel/micros.js';

/** Nothing is looked for beyond a hundred years. */
const FAR = 100 * 365 * 86_400e6;

/** The first instant after `from` at which something holds that holds for ever once it does, to the microsecond; null where there is none. */
export function firstInstant(from: Micros, holds: (at: Micros) => boolean): Micros | null {
  let before = 0;
  let after = FAR;
  if (!holds(micros(from + after))) return null;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(micros(from + middle))) after = middle;
    else before = middle;
  }
  return micros(from + after);
}
