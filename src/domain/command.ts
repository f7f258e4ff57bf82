import type { Micros } from '../kernel/micros.js';
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

/** Everything the engine can ask of the world. Imperative, plain JSON values, one union. */
export type Command = SetReplicas | ScaleNodes | SetPodResources | EvictPod | ResizePod;
