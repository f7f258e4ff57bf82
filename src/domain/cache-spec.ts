/** A cache in front of a call: a hit answers at once, so that the call is not made. */
export interface CacheSpec {
  /** Share of the lookups that a warm cache answers, 0 to 1. */
  readonly hitRatio: number;
  /** Lookups after which a cold cache has come within 1/e of that: after n it answers hitRatio * (1 - exp(-n / warmLookups)). */
  readonly warmLookups: number;
  /**
   * False: every pod of the caller has one of its own, cold when its container starts. True: one, whose keys are spread over the pods that
   * listen by consistent hashing; a pod that comes to N others takes over 1/(N + 1) of the keys, cold, and one of N that goes takes 1/N along.
   */
  readonly shared: boolean;
}
