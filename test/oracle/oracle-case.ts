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

/** One simulated system, judged by one or several quantities. */
export interface OracleCase {
  readonly family: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly judged: readonly JudgedQuantity[];
  /** The system, with arrivals until `endMicros`. A mean service time is `SERVICE_MICROS` long. */
  readonly world: (seed: number, endMicros: number) => WorldSpec;
  /** All arrivals a mean service time. */
  readonly rate: number;
  /**
   * Servers of an M/M/c whose single-server twin, c times as fast and fed the same requests, serves as control for the variance;
   * null where the system is its own twin, or has none.
   */
  readonly twinServers: number | null;
  /** Requests of the first attempt at a narrow interval; doubled until it is narrow enough. */
  readonly requests: number;
}

/** A mean service time: long enough for rounding to a microsecond to be lost in it. */
export const SERVICE_MICROS = 1e6;
