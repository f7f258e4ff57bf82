import type { DisruptionBudget } from '../../domain/scheduling/disruption-budget.js';
import type { NodeShape } from '../../domain/scheduling/node-shape.js';
import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import type { Micros } from '../../kernel/micros.js';

/** A pool of equal nodes whose number may be changed: a node group to the cluster autoscaler, an offer to Karpenter. */
export interface ScalablePool {
  readonly name: string;
  /** Whether the autoscaler may change it; one that it may not is there because its nodes take pods too. */
  readonly owned: boolean;
  readonly minNodes: number;
  readonly maxNodes: number;
  /** Nodes asked for at present; those that are leaving do not count. */
  readonly specNodes: number;
  /** What a node of it offers, its zone among its labels. */
  readonly shape: NodeShape;
  readonly instanceType: string;
  readonly capacityType: 'on-demand' | 'spot';
  /** Of one node, in USD. */
  readonly pricePerHour: number;
  /** Karpenter's NodePool that it is an offer of, for budgets and scores. */
  readonly nodePool: string;
}

/** A node of such a pool. */
export interface ScalableNode {
  readonly name: string;
  readonly pool: string;
  /** When it was asked for. */
  readonly launchedAt: Micros;
  /** Since when it takes pods; null while it is on its way. */
  readonly readyAt: Micros | null;
  /** Since when it has not been heard of; null while all is well. */
  readonly unhealthySince: Micros | null;
  /** Whether it is being drained or taken down. */
  readonly leaving: boolean;
  /** Pods bound to it and not terminating. */
  readonly pods: readonly PlanPod[];
}

/** Nodes that a cloud did not give. */
export interface LaunchFailure {
  readonly pool: string;
  readonly at: Micros;
  /** How many; they are still in the pool's `specNodes`. */
  readonly nodes: number;
  /** The provider's word for it, as InsufficientInstanceCapacity. */
  readonly reason: string;
}

/** What an autoscaler of nodes sees at a tick. */
export interface ScalingInput {
  readonly now: Micros;
  /** Instant zero of the run for schedules, in microseconds since 1970-01-01T00:00Z. */
  readonly originEpochMicros: number;
  /** In the order in which ties are broken. */
  readonly pools: readonly ScalablePool[];
  /** In the order in which they were asked for. */
  readonly nodes: readonly ScalableNode[];
  /** Pods that are bound to no node, in the order in which they came. */
  readonly pending: readonly PlanPod[];
  readonly budgets: readonly DisruptionBudget[];
  /** What more nodes may cost, in USD an hour; negative where too much is spent already, absent where money is no object. */
  readonly nodesPerHour?: number;
  /** Since the tick before. */
  readonly failures: readonly LaunchFailure[];
}
