import type { WorldSpec } from '../../src/domain/world-spec.js';

/** What is estimated from the batches of a run. Times are in mean service times. */
export type Statistic =
  /** Mean time from arrival to completion. */
  | { readonly kind: 'mean sojourn' }
  /** The same of one traffic source alone. */
  | { readonly kind: 'mean sojourn of source'; readonly source: string }
  /** Quantile of the time from arrival to start of service, under FCFS. */
  | { readonly kind: 'quantile of wait'; readonly p: number; readonly expected: number }
  /** Share of requests refused, or of requests that gave up waiting. */
  | { readonly kind: 'share rejected' }
  | { readonly kind: 'share gave up' };

/** One row of the output: a quantity with its closed form. */
export interface JudgedQuantity {
  readonly quantity: string;
  readonly expected: number;
  /** Largest half-width of the interval, as a share of `expected`. */
  readonly tolerance: number;
  readonly statistic: Statistic;
}

/**
 * A single server `speed` times as fast as the reference, first come first served, which is fed the same Poisson requests: its mean wait is
 * known, and rises and falls with what the system under test shows. It must not be the system under test itself.
 */
export interface TwinSpec {
  readonly speed: number;
  /** Squared coefficient of variation of the service times. */
  readonly scv: number;
}

/** One simulated system, judged by one or several quantities. */
export interface OracleCase {
  readonly family: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly judged: readonly JudgedQuantity[];
  /** The system, with arrivals until `endMicros`. A mean service time is `SERVICE_MICROS` long. */
  readonly world: (seed: number, endMicros: number) => WorldSpec;
  /** All arrivals a mean service time. */
  readonly rate: number;
  /** The queue that serves as control for the variance, or null for none. */
  readonly twin: TwinSpec | null;
  /** Requests of the first attempt at a narrow interval; doubled until it is narrow enough. */
  readonly requests: number;
}

/** A mean service time: long enough for rounding to a microsecond to be lost in it. */
export const SERVICE_MICROS = 1e6;
