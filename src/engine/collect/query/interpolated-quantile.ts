/**
 * The q-quantile of numbers, between two of them the weighted mean. NaN of none; -Infinity below 0 and Infinity above 1.
 *
 * Source: prometheus/prometheus promql/quantile.go, quantile.
 */
export function interpolatedQuantile(q: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - lower;
  return sorted[lower] * (1 - weight) + sorted[upper] * weight;
}
