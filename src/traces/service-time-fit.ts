import type { Distribution } from '../kernel/distributions.js';

/** The time that requests take when nothing makes them wait, as a distribution fitted to those of the quietest moments of a recording. */
export interface ServiceTimeFit {
  /** In microseconds. */
  readonly distribution: Distribution;
  /** Largest distance between the fitted and the recorded distribution function (Kolmogorov-Smirnov), 0 to 1. */
  readonly ksDistance: number;
  /** Requests that the fit rests on. */
  readonly requests: number;
  /** Mean of these requests, in microseconds: the fit follows their quantiles, not their mean. */
  readonly meanMicros: number;
  /** Their median, and that of the requests that arrived in the busiest moments: how far apart they are shows the queueing. */
  readonly quietMedianMicros: number;
  readonly busyMedianMicros: number;
  /** What the times were read from, as `$request_time`. */
  readonly from: string;
}

/** What a recording of single requests tells beside their number. */
export interface RecordedRequests {
  /** Null where no request time was recorded, or by too few requests. */
  readonly serviceTime: ServiceTimeFit | null;
  /** Mean size of a response; null where it was not recorded. */
  readonly responseBytes: number | null;
  /** What the log says of where requests went; absent where it was not an access log. */
  readonly destinations?: RecordedDestinations;
}

/** What an access log says of where its requests went. */
export interface RecordedDestinations {
  readonly paths: boolean;
  readonly hosts: boolean;
  /** What its proxy calls the services behind it, and how many requests went there; the busiest first. */
  readonly upstreams: readonly { readonly name: string; readonly requests: number }[];
}
