import type { Micros } from '../kernel/micros.js';

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
  /** The reason of the decision. */
  readonly reason: string;
}

/** Everything the engine can ask of the world. Imperative, plain JSON values, one union. */
export type Command = SetReplicas | ScaleNodes;
