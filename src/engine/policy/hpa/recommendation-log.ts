import type { Recommendation } from './hpa-state.js';

/** Puts the entry into the slot at `expired`, or at the end where that is -1: the log grows no longer than its window. */
export function logged(
  log: readonly Recommendation[],
  expired: number,
  entry: Recommendation,
): readonly Recommendation[] {
  return expired < 0 ? [...log, entry] : log.with(expired, entry);
}
