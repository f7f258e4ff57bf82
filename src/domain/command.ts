import type { Micros } from '../kernel/micros.js';
import type { BalanceSettings } from './balance/balance-settings.js';
import type { TrafficSplit } from './balance/traffic-split.js';
import type { PodResources } from './pod-resources.js';

/** Ask for another number of replicas of a workload. */
export interface SetReplicas {
  readonly type: 'setReplicas';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly from: number;
  readonly replicas: number;
}

/** Ask for another number of nodes of a pool: missing ones are launched, those that are too many drained and terminated. */
export interface ScaleNodes {
  readonly type: 'scaleNodes';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly pool: string;
  readonly from: number;
  readonly nodes: number;
  /** Nodes to take first where there are too many, by name; whoever carries it out chooses the others. */
  readonly remove: readonly string[];
  /** Nodes to drain and terminate whatever their number, by name, before it is looked at; absent means none. */
  readonly retire?: readonly string[];
  /** The reason of the decision. */
  readonly reason: string;
}

/** Give the pods of a workload that are created from now on these resources instead of those of the manifest. */
export interface SetPodResources {
  readonly type: 'setPodResources';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly resources: PodResources;
  /** The reason of the decision. */
  readonly reason: string;
}

/** Evict a pod, by the Eviction API: a disruption budget may refuse it. Whoever owns the pod replaces it. */
export interface EvictPod {
  readonly type: 'evictPod';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly pod: string;
  /** The reason of the decision. */
  readonly reason: string;
}

/** Resize a pod in place, without a restart of its container. */
export interface ResizePod {
  readonly type: 'resizePod';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly pod: string;
  readonly resources: PodResources;
  /** The reason of the decision. */
  readonly reason: string;
}

/** Share new requests like this; balancers hear of it as of endpoints, after their lag. */
export interface SetWeights {
  readonly type: 'setWeights';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly split: TrafficSplit;
  /** The reason of the decision. */
  readonly reason: string;
}

/** Set how the balancers of a workload check, warm up and eject endpoints; what is absent stays. */
export interface SetBalancing {
  readonly type: 'setBalancing';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly settings: BalanceSettings;
  /** The reason of the decision. */
  readonly reason: string;
}

/** Keep so many replicas of each revision of a workload; a revision that is not named has none. */
export interface SetRevisions {
  readonly type: 'setRevisions';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly replicas: Readonly<Record<string, number>>;
  /** The reason of the decision. */
  readonly reason: string;
}

/**
 * Of pods that are ready, let these leave first when there are too many, in this order, and give pods that leave for that reason so long to
 * finish. It holds for what is taken away from now on, until the next such command.
 */
export interface DrainPods {
  readonly type: 'drainPods';
  /** Due time of the tick that decided it. */
  readonly at: Micros;
  readonly workload: string;
  readonly order: readonly string[];
  /** Their preStop included; null means their own grace period. */
  readonly deadlineMicros: Micros | null;
  /** The reason of the decision. */
  readonly reason: string;
}

/** Everything the engine can ask of the world. Imperative, plain JSON values, one union. */
export type Command =
  | SetReplicas
  | ScaleNodes
  | SetPodResources
  | EvictPod
  | ResizePod
  | SetWeights
  | SetBalancing
  | SetRevisions
  | DrainPods;
