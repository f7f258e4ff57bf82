import type { Micros } from '../kernel/micros.js';

/** New endpoints get a share that grows. Source: Envoy, slow start mode. */
export interface SlowStartSpec {
  /** From when an endpoint is routed to until its weight is full. */
  readonly windowMicros: Micros;
  /** Least factor on its weight, above 0. */
  readonly minWeight: number;
  /** The factor is (age / window)^(1 / aggression); 1 grows evenly, more grows faster at first. */
  readonly aggression: number;
}

/** Endpoints that fail several times in a row get nothing for a while. Source: Envoy, outlier detection by consecutive 5xx. */
export interface OutlierEjectionSpec {
  /** Failures in a row that eject an endpoint. */
  readonly consecutiveErrors: number;
  /** Time between two looks at which ejections end. */
  readonly intervalMicros: Micros;
  /** An endpoint is out for this, times the number of its ejections, at most `maxEjectionMicros`. */
  readonly baseEjectionMicros: Micros;
  readonly maxEjectionMicros: Micros;
  /** Share of the endpoints that may be out at once. */
  readonly maxEjected: number;
  /** Whether one may be out even where the share comes to less than one; absent means true. */
  readonly alwaysEjectOne?: boolean;
  /** Below this share of endpoints left, ejections are ignored; 0 never ignores them. */
  readonly panicThreshold: number;
}

/** Attempts that one balancer allows at once; beyond, they fail without reaching an endpoint. Source: Envoy, circuit breakers of a cluster. */
export interface CircuitBreakerSpec {
  readonly maxRequests: number;
  /** Attempts of them that are not the first; absent means no limit of their own. */
  readonly maxRetries?: number;
}

/** What a balancer does beyond choosing; what is absent is not done. */
export interface BalancingSpec {
  /** Balancers side by side, each of which knows only what passes through itself; absent means one. */
  readonly instances?: number;
  readonly slowStart?: SlowStartSpec;
  readonly outlierEjection?: OutlierEjectionSpec;
  readonly circuitBreaker?: CircuitBreakerSpec;
}
