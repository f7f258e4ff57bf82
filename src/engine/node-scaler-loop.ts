import type { ScaleNodes } from '../domain/command.js';
import type { Decision, StageOutcome } from '../domain/decision.js';
import type { EngineNodeScaler } from '../domain/engine-config.js';
import type { PlanPod } from '../domain/scheduling/plan-pod.js';
import type { Micros } from '../kernel/micros.js';
import type { Purse } from './allocate/node-scaling/purse.js';
import { withinPurse } from './allocate/node-scaling/within-purse.js';
import { guard } from './guard.js';
import { nodeDecision } from './node-decision.js';
import type { ScalablePool } from './ports/scaling-input.js';
import type { NodeScaler, PoolProposal, ScalingProposal } from './ports/scaling-proposal.js';
import type { ScalingView } from './scaling-view.js';

/** What a tick made of one pool. */
export interface ScaledPool {
  readonly decision: Decision;
  /** Null where nothing is to change. */
  readonly command: ScaleNodes | null;
}

/** What a tick made of all pools. */
export interface ScalerOutcome {
  readonly pools: readonly ScaledPool[];
  /** Pods that still have no place to come; null where the autoscaler failed and nobody knows. */
  readonly unplaced: readonly PlanPod[] | null;
}

/** The nodes of the pools of one autoscaler, tick by tick. */
export class NodeScalerLoop {
  constructor(
    private readonly config: EngineNodeScaler,
    private readonly view: ScalingView,
    private readonly scaler: NodeScaler,
  ) {}

  /**
   * Asks the autoscaler; where it fails, or wants what its pools do not allow, all of them stay as they are. What it wants beyond the money
   * it has been told of it does not get.
   */
  tick(now: Micros, purse: Purse): ScalerOutcome {
    const money = purse.leftPerHour === Infinity ? {} : { nodesPerHour: purse.leftPerHour };
    const input = { ...this.view.input(now), ...money };
    const { output, outcome } = guard<ScalingProposal | null>({
      stage: 'allocate',
      run: () => this.scaler.decide(input),
      check: (proposal) => this.objection(proposal),
      note: () => 'asked',
      fallback: () => null,
    });
    const paid = paidProposals(output?.pools ?? [], input.pools, purse);
    const proposals = new Map(paid.map((proposal) => [proposal.pool, proposal]));
    const own = new Set(this.config.pools.map(({ name }) => name));
    const pools = input.pools.flatMap(({ name, specNodes }): ScaledPool[] => {
      if (!own.has(name)) return [];
      return [this.scaled(now, specNodes, proposals.get(name) ?? held(name, specNodes, output === null), outcome)];
    });
    return { pools, unplaced: output === null ? null : output.unplaced };
  }

  private objection(proposal: ScalingProposal | null): string | null {
    for (const { name, minNodes, maxNodes } of this.config.pools) {
      const desired = proposal?.pools.find(({ pool }) => pool === name)?.desired;
      if (desired === undefined) continue;
      if (!Number.isSafeInteger(desired) || desired < minNodes || desired > maxNodes) {
        return `nodes of ${name} must be a whole number from ${minNodes} to ${maxNodes}, was ${desired}`;
      }
    }
    return null;
  }

  private scaled(at: Micros, from: number, proposal: PoolProposal, outcome: StageOutcome): ScaledPool {
    const { pool, desired, remove, rules, reason } = proposal;
    const decision = nodeDecision(
      at,
      { pool, policy: this.config.name, from, desired, reason, rules },
      outcome.status === 'ran' ? { ...outcome, note: reason } : outcome,
    );
    if (desired === from && remove.length === 0) return { decision, command: null };
    const going = remove.length === 0 ? {} : { retire: remove };
    return { decision, command: { type: 'scaleNodes', at, pool, from, nodes: desired, remove: [], ...going, reason } };
  }
}

/** What is given up of nodes that never came pays for others of the same tick. */
function paidProposals(
  proposals: readonly PoolProposal[],
  pools: readonly ScalablePool[],
  purse: Purse,
): readonly PoolProposal[] {
  const known = new Map(pools.map((pool) => [pool.name, pool]));
  for (const { pool: name, desired, remove } of proposals) {
    const { specNodes = 0, pricePerHour = 0 } = known.get(name) ?? {};
    purse.spend(-Math.max(0, specNodes - remove.length - desired), pricePerHour);
  }
  return proposals.map((proposal) => {
    const pool = known.get(proposal.pool);
    const rule = pool === undefined ? null : withinPurse(pool, proposal.desired, pool.pricePerHour, purse);
    if (rule === null) return proposal;
    return { ...proposal, desired: rule.after, rules: [...proposal.rules, rule], reason: 'budget' };
  });
}

function held(pool: string, specNodes: number, failed: boolean): PoolProposal {
  return { pool, desired: specNodes, remove: [], rules: [], reason: failed ? 'stage-failed' : 'held' };
}
