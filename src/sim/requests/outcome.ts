/** How an attempt ended; the final attempt's outcome is the logical request's. */
export const OUTCOME = {
  served: 0,
  timedOut: 1,
  /** The waiting line was full, the rate limit reached, or there was no endpoint. */
  rejected: 2,
  /** Sent to a pod that was terminating and no longer listened. */
  refusedByScaling: 3,
  /** Sent to a process that was not there. */
  refusedByFailure: 4,
  /** On board when a terminating pod's grace ended. */
  cutByScaling: 5,
  /** On board when a process died. */
  cutByFailure: 6,
  /** A call it depended on failed. */
  callFailed: 7,
  /** Left the waiting line, its patience at an end. */
  gaveUp: 8,
  /** Answered with an error by the pod itself. */
  errored: 9,
  /** A balancer's circuit breaker was open. */
  circuitOpen: 10,
  /** The pod's queue had been waiting for too long. */
  shed: 11,
  /** A job delivered as often as allowed, and never completed. */
  deadLettered: 12,
  /** A job that waited for as long as its queue keeps one. */
  expired: 13,
  /** As of scaling, by a new revision of the pods. */
  refusedByRollout: 14,
  cutByRollout: 15,
  /** As of scaling, by an eviction. */
  refusedByEviction: 16,
  cutByEviction: 17,
  /** As of scaling, to make room for pods of higher priority. */
  refusedByPreemption: 18,
  cutByPreemption: 19,
} as const;

/** One of the ways an attempt can end. */
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME];
