import { studentQuantile } from './student.js';

/** An estimate with half the width of its confidence interval. */
export interface Interval {
  readonly estimate: number;
  readonly halfWidth: number;
}

/** Chance that an interval of a true model misses: one in ten thousand, since there are over a hundred rows. */
const CONFIDENCE = 0.9999;

/** Student's interval of batch means, which are taken as independent and normal. */
export function batchInterval(batches: readonly number[]): Interval {
  const n = batches.length;
  const mean = average(batches);
  const variance = sumOfProducts(batches, batches) / (n - 1);
  return { estimate: mean, halfWidth: studentQuantile(CONFIDENCE, n - 1) * Math.sqrt(variance / n) };
}

/**
 * The same with a control: a quantity of the same batches whose expectation is known. What the batches have in common with it is taken out
 * by least squares, which leaves the expectation of the estimate alone, whatever is being measured.
 *
 * Source: S. Lavenberg, P. Welch, "A perspective on the use of control variables to increase the efficiency of Monte Carlo simulations" (1981).
 */
export function controlledInterval(batches: readonly number[], controls: readonly number[], known: number): Interval {
  const n = batches.length;
  const spread = sumOfProducts(controls, controls);
  const slope = sumOfProducts(batches, controls) / spread;
  const surplus = average(controls) - known;
  const residual = sumOfProducts(batches, batches) - slope * sumOfProducts(batches, controls);
  const variance = (Math.max(0, residual) / (n - 2)) * (1 / n + surplus ** 2 / spread);
  return {
    estimate: average(batches) - slope * surplus,
    halfWidth: studentQuantile(CONFIDENCE, n - 2) * Math.sqrt(variance),
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sumOfProducts(a: readonly number[], b: readonly number[]): number {
  const meanA = average(a);
  const meanB = average(b);
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0);
}
