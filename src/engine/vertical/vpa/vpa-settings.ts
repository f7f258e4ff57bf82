import type { ContainerPolicy } from './container-policy.js';
import type { EvictionRequirement } from './eviction-requirement.js';
import type { PodMinimum } from './recommend-containers.js';
import type { EstimateSettings } from './vpa-estimators.js';

/** When a recommendation reaches a pod: never, when it is made, by evicting it, by resizing it in place. */
export type UpdateMode = 'Off' | 'Initial' | 'Recreate' | 'InPlaceOrRecreate' | 'InPlace';

/** How one resource is estimated and how fast its history is forgotten. */
export interface ResourceSettings extends EstimateSettings {
  readonly halfLifeMicros: number;
}

/** When the updater touches pods, and how many at once. */
export interface UpdaterSettings {
  readonly intervalMicros: number;
  /** With fewer pods than this nothing is evicted. */
  readonly minReplicas: number;
  /** Share of the replicas that may be away at once. */
  readonly evictionTolerance: number;
  /** Evictions a second; null means no limit. */
  readonly evictionsPerSecond: number | null;
  readonly evictionBurst: number;
  /** A pod within its bounds is touched only for a change of at least this share ... */
  readonly minChange: number;
  /** ... and only when it is this old. */
  readonly minAgeMicros: number;
  /** A pod killed for memory within this time of its start is updated at once. */
  readonly quickOomMicros: number;
  /** A resize that restarts no container needs no leave of the disruption budget. */
  readonly skipBudgetInPlace: boolean;
  readonly evictionRequirements: readonly EvictionRequirement[];
}

/** Everything VPA can be told, after every notation has been read. */
export interface VpaSettings {
  readonly updateMode: UpdateMode;
  readonly recommendMicros: number;
  /** For containers without a policy of their own. */
  readonly policy: ContainerPolicy;
  readonly containers: Readonly<Record<string, ContainerPolicy>>;
  readonly cpu: ResourceSettings;
  readonly memory: ResourceSettings;
  readonly marginFraction: number;
  readonly podMinimum: PodMinimum;
  /** One memory peak for each container and interval; history without a sample for `intervals` of them is dropped. */
  readonly memoryPeaks: { readonly intervalMicros: number; readonly intervals: number };
  readonly oom: { readonly bumpUpRatio: number; readonly minBumpUpMiB: number };
  /** Recommendations are rounded up to multiples of these; 1 leaves whole amounts as they are. */
  readonly roundUp: { readonly cpuMillis: number; readonly memoryBytes: number };
  readonly updater: UpdaterSettings;
  /** File that the workload's `usageHistory` was read from; absent where there is none. */
  readonly checkpoint?: string;
}
