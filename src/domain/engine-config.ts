import type { UsageCheckpoint } from './usage-history.js';
import type { Micros } from '../kernel/micros.js';
import type { EngineMetric } from './named-metric.js';
import type { BalanceSettings, DrainSettings } from './balance/balance-settings.js';
import type { DisruptionBudget } from './rollout-spec.js';
import type { NodeMarks } from './scheduling/node-marks.js';
import type { PodConstraints } from './scheduling/pod-constraints.js';

/** A policy or forecaster by name, with the configuration its own schema has accepted. */
export interface Choice {
  readonly name: string;
  /** Already validated by the schema that the name's definition carries. */
  readonly config: unknown;
}

/** What decides about a workload's balancers. */
export interface EngineBalance extends Choice {
  /** What they are set to from the first tick on; absent leaves them as they are. */
  readonly settings?: BalanceSettings;
  /** Absent leaves draining to the pods and their controller. */
  readonly drain?: DrainSettings;
}

/** What the engine is told beforehand of pods that are made alike. */
export interface EnginePods {
  /** Of their workload. */
  readonly name: string;
  /** Requests of the pod's container; null where the manifest sets none. */
  readonly cpuRequestMillis: number | null;
  readonly memoryRequestMiB: number | null;
  /** It runs on machines of its own, one process on each: its replicas are the nodes of this pool. Absent means that it has pods. */
  readonly pool?: string;
  /** How many pods have to stay when pods are evicted; absent means that nobody said. */
  readonly disruptionBudget?: DisruptionBudget;
  /** What they ask of nodes besides room; absent means nothing. */
  readonly scheduling?: PodConstraints;
}

/** What the engine is told of a workload beforehand. */
export interface EngineWorkload extends EnginePods {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly policy: Choice;
  readonly forecaster: Choice;
  /** The queue that it consumes; absent where it takes requests. */
  readonly queue?: string;
  /** Limits of the pod's container; absent where there is none, or nobody needs to know. */
  readonly cpuLimitMillis?: number;
  readonly memoryLimitMiB?: number;
  /** What sets the pods' requests and limits; absent means that they stay as the manifest has them. */
  readonly vertical?: Choice;
  /** What is known of its pods' usage from before the run, instants counted like the run's; absent means nothing. */
  readonly usageHistory?: UsageCheckpoint;
  /** What decides about its balancers; absent means that nobody does. */
  readonly balance?: EngineBalance;
}

/** What the engine is told beforehand of a pool of nodes whose number it may change. */
export interface EngineNodePool extends NodeMarks {
  readonly name: string;
  /** What pods can be given of one node. */
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly maxPods: number;
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly policy: Choice;
}

/** A pool of equal nodes whose number an autoscaler of several pools may change: a node group, or a type of machine that may be launched. */
export interface EngineNodeOffer extends Omit<EngineNodePool, 'policy'> {
  readonly instanceType: string;
  /** What daemon sets and neighbours take of a node besides; absent means nothing. */
  readonly reserved?: { readonly cpuMillis: number; readonly memoryMiB: number };
  /** Of one node, in USD. */
  readonly pricePerHour: number;
  /** Those of one NodePool share their disruption budgets. */
  readonly nodePool: string;
  /** Availability zone; absent where nobody said. */
  readonly zone?: string;
}

/** An autoscaler of several pools together. */
export interface EngineNodeScaler extends Choice {
  /** Of its draws, where it draws. */
  readonly seed: number;
  /** In the order in which ties are broken. */
  readonly pools: readonly EngineNodeOffer[];
}

/** Limits over all workloads together; null means none. */
export interface Quota {
  readonly pods: number | null;
  readonly cpuMillis: number | null;
  readonly memoryMiB: number | null;
}

/** What everything that the engine commands may cost together, and what things cost; all in USD an hour. */
export interface Budget {
  readonly perHour: number;
  /** What of it is spent whatever is decided, and not by pods: machines that wait in warm pools. */
  readonly standingPerHour: number;
  /** The price of nodes whose number stays: pods pay for them by what they request, but they leave less for other nodes. */
  readonly fixedNodesPerHour: number;
  /** What a pod costs by what it requests, and what it costs at any rate. */
  readonly corePerHour: number;
  readonly gibPerHour: number;
  readonly podPerHour: number;
  /** Price of one machine, by pool whose number may change; a replica that is a machine of its own costs that. */
  readonly machines: Readonly<Record<string, number>>;
}

/** Everything the engine needs to know before the first fact; the same in a backtest, in shadow and live. */
export interface EngineConfig {
  /** Instant zero of the run, in microseconds since 1970-01-01T00:00Z, for schedules. */
  readonly originEpochMicros: number;
  readonly collector: {
    /** Length of the window over which rates are taken. */
    readonly windowMicros: Micros;
    /** A newest sample older than this may not be acted upon. */
    readonly staleAfterMicros: Micros;
  };
  /** Metrics by expression; absent means that there are none. */
  readonly metrics?: readonly EngineMetric[];
  readonly quota: Quota;
  /** Absent means that money is no object. */
  readonly budget?: Budget;
  readonly workloads: readonly EngineWorkload[];
  /** Pods that only hold room, whose number nobody decides about; nodes are provided for them too. Absent means that there are none. */
  readonly headroom?: readonly EnginePods[];
  /** Pools with a policy of their own; absent means that there are none. */
  readonly nodePools?: readonly EngineNodePool[];
  /** Decides about its pools together, before those of `nodePools`; absent means that nobody does. */
  readonly nodeScaler?: EngineNodeScaler;
}
