import type { Distribution } from '../kernel/distributions.js';
import type { Micros } from '../kernel/micros.js';
import type { CacheSpec } from './cache-spec.js';
import type { ConnectionPoolSpec } from './connection-spec.js';
import type { MessageSizes } from './network-spec.js';
import type { RateSeries } from './rate-series.js';

/** Arrivals by a renewal process with gamma gaps. */
export interface GammaArrivalModel {
  readonly kind: 'gamma';
  /** Standard deviation of a gap over its mean, above 0. */
  readonly cv: number;
}

/** Arrivals by a Markov-modulated Poisson process of two states, burst and calm. */
export interface ModulatedArrivalModel {
  readonly kind: 'mmpp';
  /** Rate in a burst over the rate in the calm between, at least 1. */
  readonly ratio: number;
  /** Mean length of a burst. */
  readonly burstMicros: Micros;
  /** Share of the time that is burst, above 0 and below 1. */
  readonly share: number;
}

/** How arrivals are laid inside a bin of constant rate: a word, or a model with parameters. */
export type ArrivalModel =
  'poisson' | 'exact-count' | 'uniform' | 'interpolated' | GammaArrivalModel | ModulatedArrivalModel;

/** Name of an arrival model, without its parameters. */
export type ArrivalModelName = Extract<ArrivalModel, string> | Exclude<ArrivalModel, string>['kind'];

/** Retries by the caller. */
export interface RetrySpec {
  /** Further attempts after the first. */
  readonly max: number;
  /** Back-off before the n-th retry: min(first * 2^(n-1), last). */
  readonly backoffFirstMicros: Micros;
  readonly backoffLastMicros: Micros;
  /** `full`: uniform between 0 and the back-off; `none`: exactly the back-off. */
  readonly jitter: 'none' | 'full';
  /** Retries allowed as a share of first attempts (token bucket, capacity `budgetBurst`); null means no limit. */
  readonly budget: number | null;
  /** Tokens the budget starts with and may hold. */
  readonly budgetBurst: number;
  /** Whether a retry avoids the endpoints already tried: see `RE_PICKS` in the request path. Absent means it does not. */
  readonly elsewhere?: boolean;
}

/** What the caller of a request does about slowness and failure. */
export interface ClientSpec {
  /** How long one attempt may take; null waits for ever. */
  readonly timeoutMicros: Micros | null;
  /** Whether the server stops working on an attempt whose caller has gone. */
  readonly serverStops: boolean;
  readonly retry: RetrySpec | null;
  /** Connections kept to a balancer that works per connection; absent means a new one for every attempt. */
  readonly connections?: ConnectionPoolSpec;
}

/** One call to another workload or a dependency. */
export interface CallSpec {
  /** Name of a workload or a dependency. */
  readonly target: string;
  /** It is not made, but published to this queue, which the target consumes: the caller goes on at once. Absent means that it waits. */
  readonly queue?: string;
  /** Chance that the call is made, 0 to 1. */
  readonly probability: number;
  /** Asked first; absent means none. */
  readonly cache?: CacheSpec;
  readonly client: ClientSpec;
  /** Absent where nobody counts. */
  readonly sizes?: MessageSizes;
}

/** What a workload does for one request. */
export interface WorkSpec {
  /** CPU time on a core of speed 1, in microseconds. */
  readonly cpu: Distribution;
  /** Time after it without CPU, the worker held, in microseconds; null where there is none. */
  readonly wait: Distribution | null;
  /** Calls after that: groups one after the other, the calls of a group at once. The worker is held until the last has answered. */
  readonly calls: readonly (readonly CallSpec[])[];
}

/** One kind of request of a traffic source. */
export interface RequestClassSpec extends WorkSpec, MessageSizes {
  readonly name: string;
  /** Share of the source's requests; shares add up to 1. */
  readonly share: number;
}

/** Users who ask, wait for the end of the request, think, and ask again: a closed loop, whose load falls as answers get slower. */
export interface UserSpec {
  /** How many there are: `counts[i]`, a whole number of at most a million, from `edgesMicros[i]` on; edges strictly increasing. */
  readonly edgesMicros: Float64Array;
  readonly counts: Float64Array;
  /** From the end of a request to the next of the same user, in microseconds. */
  readonly thinkTime: Distribution;
}

/** A stream of requests from outside to one workload. */
export interface TrafficSpec {
  readonly name: string;
  readonly to: string;
  /** Its requests are jobs published to this queue, which the workload consumes; absent means that a balancer brings them. */
  readonly queue?: string;
  /** Requests that come whatever happens to others; zero throughout where there are users. */
  readonly rates: RateSeries;
  readonly arrivals: ArrivalModel;
  /** Absent where nobody waits before asking again. */
  readonly users?: UserSpec;
  readonly client: ClientSpec;
  readonly classes: readonly RequestClassSpec[];
}
