import type { Decision, Rule } from '../domain/decision.js';
import type { EngineNodePool } from '../domain/engine-config.js';
import type { Micros } from '../kernel/micros.js';
import type { Purse } from './allocate/node-scaling/purse.js';
import { withinPurse } from './allocate/node-scaling/within-purse.js';
import type { NodePools } from './collect/node-pools.js';
import { guard } from './guard.js';
import { nodeDecision, type NodeVerdict } from './node-decision.js';
import type { InThought, NodePolicy, NodeProposal, UnplacedPods } from './ports.js';

/** What pools before one have left for it. */
export interface PoolTick {
  readonly unplaced: readonly UnplacedPods[];
  /** Null where pods ask for nothing but room. */
  readonly inThought: InThought | null;
  /** Money for more nodes. */
  readonly purse: Purse;
}

/** What a tick made of one pool. */
export interface PoolOutcome {
  /** Null while nobody has said how many nodes are asked for. */
  readonly decision: Decision | null;
  /** Nodes to take first where the decision leaves too many. */
  readonly remove: readonly string[];
  /** Nodes to take down whatever their number. */
  readonly retire: readonly string[];
  /** Pods that still have no place to come. */
  readonly unplaced: readonly UnplacedPods[];
  /** The same one by one; null where pods ask for nothing but room. */
  readonly inThought: InThought | null;
}

/** The number of one pool's nodes, tick by tick. */
export class NodeLoop {
  constructor(
    readonly pool: EngineNodePool,
    private readonly originEpochMicros: number,
    private readonly pools: NodePools,
    private readonly policy: NodePolicy,
    /** Of one node, in USD; 0 where money is no object. */
    private readonly pricePerHour: number,
  ) {}

  /** Asks the policy and keeps its answer within the pool's bounds, and its growth within what there is money for. */
  tick(now: Micros, { unplaced, inThought, purse }: PoolTick): PoolOutcome {
    const { pool, originEpochMicros, policy, pools } = this;
    const specNodes = pools.specNodes(pool.name);
    if (specNodes === null) return { decision: null, remove: [], retire: [], unplaced, inThought };
    const nodes = pools.views(pool.name);
    const refused = pools.refusedNodes(pool.name);
    const { output, outcome } = guard<NodeProposal>({
      stage: 'allocate',
      run: () =>
        policy.decide({
          ...{ now, originEpochMicros, pool, specNodes, nodes, unplaced },
          ...(refused === 0 ? {} : { refused }),
          ...(inThought === null ? {} : { inThought }),
        }),
      check: checkNodes,
      note: ({ reason }) => reason,
      fallback: () => ({ desired: specNodes, remove: [], unplaced, rules: [], reason: 'stage-failed' }),
    });
    const verdict = { pool: pool.name, policy: pool.policy.name, from: specNodes };
    const decision = nodeDecision(now, { ...verdict, ...this.limited(specNodes, output, purse) }, outcome);
    const { waiting = inThought?.waiting ?? [] } = output;
    const left = inThought === null ? null : { ...inThought, waiting };
    const { remove, retire = [] } = output;
    return { decision, remove, retire, unplaced: output.unplaced, inThought: left };
  }

  /** A proposal within the bounds of the pool and the money there is. */
  private limited(
    specNodes: number,
    { desired, reason, rules }: NodeProposal,
    purse: Purse,
  ): Pick<NodeVerdict, 'desired' | 'reason' | 'rules'> {
    const { pool } = this;
    const bounded = bound(pool, desired);
    const wanted = bounded.rule?.after ?? desired;
    const paid = withinPurse({ minNodes: pool.minNodes, specNodes }, wanted, this.pricePerHour, purse);
    return {
      desired: paid?.after ?? wanted,
      reason: paid === null ? (bounded.reason ?? reason) : 'budget',
      rules: [...rules, ...[bounded.rule, paid].filter((rule) => rule !== null)],
    };
  }
}

function checkNodes({ desired }: NodeProposal): string | null {
  if (Number.isSafeInteger(desired) && desired >= 0) return null;
  return `desired nodes must be a whole number of at least 0, was ${desired}`;
}

function bound(
  { minNodes, maxNodes }: EngineNodePool,
  before: number,
): { readonly rule: Rule | null; readonly reason: string | null } {
  if (before > maxNodes) {
    return { rule: { rule: 'max', before, after: maxNodes, numbers: { max: maxNodes } }, reason: 'at-maximum' };
  }
  if (before < minNodes) {
    return { rule: { rule: 'min', before, after: minNodes, numbers: { min: minNodes } }, reason: 'at-minimum' };
  }
  return { rule: null, reason: null };
}
