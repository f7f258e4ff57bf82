import type { Rule } from '../../domain/decision.js';
import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import type { ScalingInput } from './scaling-input.js';

/** What is to become of one pool. */
export interface PoolProposal {
  readonly pool: string;
  /**
   * Nodes to ask for, `remove` taken off already and new ones added: `desired - (specNodes - remove.length)` are to be launched.
   * Between the pool's bounds.
   */
  readonly desired: number;
  /** Nodes to drain and take down, by name. */
  readonly remove: readonly string[];
  readonly rules: readonly Rule[];
  /** One word for the table of reasons. */
  readonly reason: string;
}

/** What an autoscaler of nodes wants of all pools together. */
export interface ScalingProposal {
  /** In the order of the input. */
  readonly pools: readonly PoolProposal[];
  /** Nodes that should take no new pods, since they are about to be replaced. */
  readonly cordon: readonly string[];
  /** Pods for which there is no place, neither now nor on nodes on their way nor on those proposed. */
  readonly unplaced: readonly PlanPod[];
}

/**
 * An autoscaler of the nodes of several pools, with its memory.
 *
 * Called once a tick, in the order of ticks; it reads nothing but its input, and for the same input of the same tick answers the same.
 */
export interface NodeScaler {
  decide(input: ScalingInput): ScalingProposal;
}
