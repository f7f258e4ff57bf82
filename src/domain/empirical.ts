import type { Empirical } from '../kernel/distributions.js';

/**
 * The distribution of values that were observed, one at least, in any order: the i-th smallest of n is the quantile at (i - 1/2) / n,
 * with straight lines between and none beyond the smallest and the largest.
 *
 * So draws have the mean of the observations, exactly. Source: definition 5 of R. Hyndman and Y. Fan, "Sample quantiles in statistical
 * packages" (1996), after Hazen.
 */
export function empiricalOf(observed: readonly number[]): Empirical {
  const sorted = [...observed].sort((a, b) => a - b);
  const places = sorted.map((_, i) => (i + 0.5) / sorted.length);
  return {
    kind: 'empirical',
    probabilities: [0, ...places, 1],
    values: [sorted[0], ...sorted, sorted[sorted.length - 1]],
  };
}

/** The distribution of a table of quantiles that ends at 1; below the first of them everything counts as that quantile, never as less. */
export function ofQuantiles(table: readonly (readonly [probability: number, value: number])[]): Empirical {
  const sorted = [...table].sort(([a], [b]) => a - b);
  const first = sorted[0][0] === 0 ? [] : [[0, sorted[0][1]] as const];
  const all = [...first, ...sorted];
  return { kind: 'empirical', probabilities: all.map(([p]) => p), values: all.map(([, value]) => value) };
}
