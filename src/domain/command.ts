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

/** Everything the engine can ask of the world. Imperative, plain JSON values, one union. */
export type Command = SetReplicas;
