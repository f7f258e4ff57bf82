/**
 * The largest rate that each of several flows may have so that together they stay within `capacity`, where flow i can use no more than
 * `limits[i]` itself: flows below the rate keep their own limit (max-min fairness by water-filling). Infinity where all fit.
 *
 * Source: D. Bertsekas and R. Gallager, Data Networks, 2nd edition (1992), section 6.5.2.
 */
export function fairLevel(limits: readonly number[], capacity: number): number {
  const sorted = [...limits].sort((a, b) => a - b);
  let left = capacity;
  for (let i = 0; i < sorted.length; i += 1) {
    const share = left / (sorted.length - i);
    if (sorted[i] > share) return share;
    left -= sorted[i];
  }
  return Infinity;
}
