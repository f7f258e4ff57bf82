/** What a pool costs, and what disrupting all of it would. */
export interface PoolTotals {
  readonly cost: number;
  readonly disruption: number;
}

/** A node as far as scores go. */
export interface ScoredNode {
  readonly pricePerHour: number;
  readonly disruption: number;
}

/** The verdict on one consolidation. */
export interface BalancedScore {
  /** Share of the pool's cost saved over the share of its disruption caused; Infinity where nothing is disrupted. */
  readonly score: number;
  /** What the score must reach. */
  readonly threshold: number;
  readonly approved: boolean;
}

/** What a node saves for the disruption of removing it: candidates with more are tried first. */
export function savingsRatio({ pricePerHour, disruption }: ScoredNode): number {
  return pricePerHour / disruption;
}

/** Totals over all nodes of a pool, also those that are no candidates. */
export function poolTotals(nodes: readonly ScoredNode[]): PoolTotals {
  return nodes.reduce<PoolTotals>(
    ({ cost, disruption }, node) => ({ cost: cost + node.pricePerHour, disruption: disruption + node.disruption }),
    { cost: 0, disruption: 0 },
  );
}

/**
 * Whether a consolidation is worth its disruption under Karpenter's `Balanced` policy: its share of savings must be at least 1/k of
 * its share of disruption. What saves nothing scores 0, and a pool without cost or disruption approves nothing.
 */
export function balancedScore(savings: number, disruption: number, totals: PoolTotals, k: number): BalancedScore {
  const threshold = 1 / k;
  const score = scoreOf(savings, disruption, totals);
  return { score, threshold, approved: score >= threshold };
}

function scoreOf(savings: number, disruption: number, totals: PoolTotals): number {
  if (totals.cost <= 0 || totals.disruption <= 0 || savings <= 0) return 0;
  const disruptionShare = disruption / totals.disruption;
  return disruptionShare === 0 ? Infinity : savings / totals.cost / disruptionShare;
}
