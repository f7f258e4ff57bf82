/** A bucket of a histogram: how many observations were no larger than its bound. */
export interface Bucket {
  readonly upperBound: number;
  readonly count: number;
}

/** Counts that differ by less than this share differ by rounding alone. */
const HAIR = 1e-12;

/**
 * The q-quantile of a histogram, linear inside the bucket that it falls into; the lowest bucket begins at zero. NaN without a bucket that
 * ends at infinity, without a second one, or without observations; the bound below infinity where it falls into the last bucket.
 *
 * Counts that are not monotone, as after a scrape between two of them, are raised to the largest before. Source: prometheus/prometheus
 * promql/quantile.go, bucketQuantile.
 */
export function bucketQuantile(q: number, given: readonly Bucket[]): number {
  if (Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const bounds = [...new Set(given.map(({ upperBound }) => upperBound))].sort((a, b) => a - b);
  if (bounds.length < 2 || bounds[bounds.length - 1] !== Infinity) return NaN;
  return inside(q, bounds, monotone(bounds.map((bound) => totalAt(bound, given))));
}

function inside(q: number, bounds: readonly number[], counts: readonly number[]): number {
  const last = bounds.length - 1;
  if (!(counts[last] > 0)) return NaN;
  const rank = q * counts[last];
  const found = counts.findIndex((count) => count >= rank);
  if (found === last) return bounds[last - 1];
  const [start, below] = found === 0 ? [0, 0] : [bounds[found - 1], counts[found - 1]];
  if (bounds[found] <= start) return bounds[found];
  return start + (bounds[found] - start) * ((rank - below) / (counts[found] - below));
}

function totalAt(bound: number, buckets: readonly Bucket[]): number {
  return buckets.reduce((sum, { upperBound, count }) => (upperBound === bound ? sum + count : sum), 0);
}

function monotone(counts: readonly number[]): readonly number[] {
  let most = counts[0];
  return counts.map((count) => {
    if (count > most && (count - most) / count > HAIR) most = count;
    return most;
  });
}
