import type { Decision, Rule, StageOutcome } from '../domain/decision.js';
import type { Micros } from '../kernel/micros.js';

/** What was decided about the nodes of one pool. */
export interface NodeVerdict {
  readonly pool: string;
  /** Name of what decides. */
  readonly policy: string;
  readonly from: number;
  readonly desired: number;
  readonly reason: string;
  readonly rules: readonly Rule[];
}

/** A decision about the number of a pool's nodes; its keys always come in the same order, since the journal is hashed. */
export function nodeDecision(at: Micros, verdict: NodeVerdict, outcome: StageOutcome): Decision {
  const { pool, policy, from, desired, reason, rules } = verdict;
  return {
    at,
    workload: pool,
    counts: 'nodes',
    policy,
    from,
    rawDesired: null,
    desired,
    direction: desired > from ? 'up' : desired < from ? 'down' : 'hold',
    reason,
    winner: null,
    metrics: [],
    rules,
    dataAgeSeconds: null,
    forecast: { model: 'none', abstained: 'nodes are not forecast', confidence: null },
    stages: [outcome],
  };
}
