import type { Rule } from '../../domain/decision.js';
import type { EnginePods, EngineWorkload, Quota } from '../../domain/engine-config.js';

/** What one workload brings to allocation. */
export interface AllocationRequest {
  readonly workload: EngineWorkload;
  /** Replicas asked for at present; null while nobody has said, and then it counts and is left alone. */
  readonly from: number | null;
  /** Replicas its policy asks for. */
  readonly desired: number;
  /** Pods bound to a node and not terminating: they need no new place. */
  readonly placed: number;
  /** What one replica costs an hour, in USD; absent where money is no object. */
  readonly replicaPerHour?: number;
}

/** Room for pods on one node. */
export interface Room {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly pods: number;
}

/** A place to try in thought whether pods find room. */
export interface PlacementTrial {
  /** Places up to `count` pods of a workload and says how many found a place. */
  place(workload: EnginePods, count: number): number;
}

/** What all workloads share. */
export interface Shared {
  readonly quota: Quota;
  /** What all replicas may cost an hour together, in USD; absent where money is no object. */
  readonly budgetPerHour?: number;
  /** What is left on each node; null where no node is known (a serverless platform). Asked for only when somebody needs a new place. */
  readonly room: () => readonly Room[] | null;
  /** Tries by the rules of scheduling; absent where pods ask for nothing but room. */
  readonly trial?: () => PlacementTrial;
}

/** What one workload is given. */
export interface Allocation {
  readonly desired: number;
  /** Rules that bound it, in order; empty when it got what it asked for. */
  readonly rules: readonly Rule[];
  /** Why it got something else than it asked for; null when it did not. */
  readonly reason: string | null;
}
