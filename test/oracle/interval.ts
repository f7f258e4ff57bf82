import { studentQuantile } from './student.js';

/** An estimate with half the width of its confidence interval. */
export interface Interval {
  readonly estimate: number;
  readonly halfWidth: number;
}

/** A quantity of the same batches whose expectation is known. */
export interface Control {
  readonly batches: readonly number[];
  readonly expected: number;
}

/** Chance that an interval of a true model misses: one in ten thousand, since there are over a hundred rows. */
const CONFIDENCE = 0.9999;

/**
 * Student's interval of batch means, which are taken as independent and normal. What the batches have in common with the controls is taken
 * out by least squares, which leaves the expectation of the estimate alone, whatever is being measured. A control that says no more than
 * those before it is passed over.
 *
 * Source: S. Lavenberg, P. Welch, "A perspective on the use of control variables to increase the efficiency of Monte Carlo simulations" (1981).
 */
export function controlledInterval(batches: readonly number[], controls: readonly Control[] = []): Interval {
  const n = batches.length;
  const bases: Basis[] = [];
  for (const control of controls) addBasis(bases, control);
  let estimate = average(batches);
  let residual = centred(batches);
  let share = 1 / n;
  for (const { vector, surplus, square } of bases) {
    const slope = dot(residual, vector) / square;
    residual = minus(residual, vector, slope);
    estimate -= slope * surplus;
    share += surplus ** 2 / square;
  }
  const degrees = n - 1 - bases.length;
  const variance = (dot(residual, residual) / degrees) * share;
  return { estimate, halfWidth: studentQuantile(CONFIDENCE, degrees) * Math.sqrt(variance) };
}

/** A control less what the controls before it say, by Gram and Schmidt: its batches around their mean, and that mean less its expectation. */
interface Basis {
  readonly vector: readonly number[];
  readonly surplus: number;
  readonly square: number;
}

function addBasis(bases: Basis[], { batches, expected }: Control): void {
  let vector = centred(batches);
  let surplus = average(batches) - expected;
  const all = dot(vector, vector);
  for (const base of bases) {
    const slope = dot(vector, base.vector) / base.square;
    vector = minus(vector, base.vector, slope);
    surplus -= slope * base.surplus;
  }
  const square = dot(vector, vector);
  if (square > NEW * all && square > NEW ** 2 * expected ** 2) bases.push({ vector, surplus, square });
}

/** Share of its variance that a control must not have in common with those before it. */
const NEW = 1e-7;

function centred(values: readonly number[]): number[] {
  const mean = average(values);
  return values.map((value) => value - mean);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function minus(a: readonly number[], b: readonly number[], times: number): number[] {
  return a.map((value, i) => value - times * b[i]);
}
