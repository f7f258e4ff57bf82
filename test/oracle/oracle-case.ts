import type { WorldSpec } from '../../src/domain/world-spec.js';
import type { Streams } from '../../src/kernel/streams.js';
import type { ControlName, Twin } from './twin.js';

/** What is estimated from the batches of a run. Times are in mean service times. */
export type Statistic =
  /** Mean time from arrival to completion. */
  | { readonly kind: 'mean sojourn' }
  /** The same of one traffic source alone, which brings a share of all requests. */
  | { readonly kind: 'mean sojourn of source'; readonly source: string; readonly share: number }
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
  /** What the twins count that goes with it. */
  readonly control: ControlName;
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
  /** Queues that serve as controls for the variance. */
  readonly twins: (streams: Streams) => readonly Twin[];
  /** Requests thought to give a narrow interval; doubled if they do not. */
  readonly requests: number;
}

/** A mean service time: long enough for rounding to a microsecond to be lost in it. */
export const SERVICE_MICROS = 1e6;
