import type { Labels } from './labels.js';
import type { Selector } from './query-expression.js';

/** Samples of one series in order of time. A value of NaN says that the series had ended then, as Prometheus' stale markers do. */
export interface SampledSeries {
  readonly labels: Labels;
  /** When the samples were read, in microseconds. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** From when the newest sample was read until it was there. */
  readonly lagMicros: number;
}

/** Where expressions find their series. */
export interface SeriesSource {
  /** The series of that name whose labels satisfy the matchers. */
  select(selector: Selector): readonly SampledSeries[];
}
