import { studentQuantile } from './student-quantile.js';

/** Mean of paired differences and the interval that holds the true one. */
export interface PairedInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Student's interval of the mean of paired differences: mean plus or minus t(n - 1) s / sqrt(n).
 *
 * Pairs share their seed, so that what luck gives to both cancels out. Needs two differences at least; null otherwise. Exact where the
 * differences are normal; with few pairs and skewed differences it covers somewhat less than it says.
 */
export function pairedInterval(differences: readonly number[], confidence = 0.95): PairedInterval | null {
  const n = differences.length;
  if (n < 2) return null;
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = studentQuantile(confidence, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { mean, low: mean - half, high: mean + half };
}
