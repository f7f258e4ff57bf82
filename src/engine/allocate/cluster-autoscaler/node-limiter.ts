/** Most nodes that one estimate may add: the least of several limits, where 0 says nothing and a negative one forbids any. */
export function leastLimit(limits: readonly number[]): number {
  if (limits.some((limit) => limit < 0)) return -1;
  const positive = limits.filter((limit) => limit > 0);
  return positive.length === 0 ? 0 : Math.min(...positive);
}

/** Counts the nodes of one estimate, as the cluster autoscaler's `thresholdBasedEstimationLimiter`. */
export class NodeLimiter {
  private nodes = 0;

  constructor(
    /** 0 is no limit, a negative number allows none. */
    private readonly maxNodes: number,
  ) {}

  /** Whether one more node may be added; a yes counts it. */
  permit(): boolean {
    if (this.maxNodes < 0 || (this.maxNodes > 0 && this.nodes >= this.maxNodes)) return false;
    this.nodes += 1;
    return true;
  }
}
