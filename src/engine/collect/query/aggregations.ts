import { interpolatedQuantile } from './interpolated-quantile.js';

/** How several elements become one. */
export interface Aggregation {
  /** `values` has at least one. */
  readonly apply: (values: readonly number[], parameter: number) => number;
  /** It takes a number besides, before the comma. */
  readonly takesParameter?: true;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Aggregations by name. Source: Prometheus, "Aggregation operators". */
export const aggregations: ReadonlyMap<string, Aggregation> = new Map<string, Aggregation>([
  ['sum', { apply: sum }],
  ['avg', { apply: mean }],
  ['min', { apply: (values) => values.reduce((a, b) => (b < a || Number.isNaN(a) ? b : a)) }],
  ['max', { apply: (values) => values.reduce((a, b) => (b > a || Number.isNaN(a) ? b : a)) }],
  ['count', { apply: (values) => values.length }],
  ['group', { apply: () => 1 }],
  ['stdvar', { apply: variance }],
  ['stddev', { apply: (values) => Math.sqrt(variance(values)) }],
  ['quantile', { apply: (values, q) => interpolatedQuantile(q, values), takesParameter: true }],
]);

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}
