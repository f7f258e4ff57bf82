import type { Micros } from '../kernel/micros.js';
import type { FailedLaunch } from './failed-launch.js';
import type { JvmTotals } from './jvm/jvm-totals.js';
import type { QueueTotals } from './queue-totals.js';
import type { LatencySummary } from './latency-summary.js';
import type { AttemptCounts, RequestCounts, RunSeries, ScalingEvent } from './run-result.js';

/** What a pod waited for beyond its ordinary start: a node to fit on, its image, the end of a back-off after crashes. */
export interface PodWait {
  readonly for: 'node' | 'imagePull' | 'crashLoopBackOff';
  readonly from: Micros;
  /** Null while it lasts. */
  readonly to: Micros | null;
}

/** What a pod requests from an instant on. */
export interface RequestChange {
  readonly from: Micros;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** Life of one pod, by the simulator's own clock; null where it never came to that. */
export interface PodRecord {
  readonly workload: string;
  /** Position in the workload's order of creation, 0 the first. */
  readonly ordinal: number;
  readonly createdAt: Micros;
  readonly scheduledAt: Micros | null;
  readonly readyAt: Micros | null;
  readonly terminatingAt: Micros | null;
  readonly removedAt: Micros | null;
  /** What it has requested, the first from its creation on; nothing counts as zero. */
  readonly requests: readonly RequestChange[];
  /** In order, one at a time. */
  readonly waits: readonly PodWait[];
  /** 'scaled down', 'killed', 'node lost'; empty while it lives. */
  readonly reason: string;
  /** It had to make room for a pod of higher priority; absent means that it had not. */
  readonly preempted?: boolean;
}

/** What became of a new revision of a workload's pods. */
export interface RolloutRecord {
  readonly workload: string;
  /** 1 the first of the run. */
  readonly revision: number;
  readonly startedAt: Micros;
  /** When all pods were of this revision and available; null where it never came to that. */
  readonly finishedAt: Micros | null;
  /** When it had made no progress for the whole of its deadline for the first time; null where it never came to that. */
  readonly stuckAt: Micros | null;
}

/** A time in which a machine was stopped. */
export interface StopTime {
  readonly from: Micros;
  /** Null while it lasts. */
  readonly to: Micros | null;
}

/** Life of one node. */
export interface NodeRecord {
  readonly node: string;
  readonly pool: string;
  readonly instanceType: string;
  readonly pricePerHour: number;
  /** Since when the machine runs; null where it never did. */
  readonly paidFrom: Micros | null;
  /** Times in which it was stopped, in order, and what its disk cost an hour meanwhile; absent where it never was. */
  readonly stops?: { readonly times: readonly StopTime[]; readonly pricePerHour: number };
  /** Why it is gone: 'lost', 'scaled down', 'instance refresh', 'warm pool refreshed'; empty while it is there. */
  readonly reason: string;
  /** Since when it takes pods; null where it never did. */
  readonly readyAt: Micros | null;
  readonly removedAt: Micros | null;
  /** Times in which it was away and was to come back. */
  readonly outages: readonly { readonly from: Micros; readonly to: Micros | null }[];
}

/** Logical requests whose last attempt was refused by a pod on its way out, or cut off at the end of its grace. */
export interface LostRequests {
  readonly refused: number;
  readonly cutOff: number;
}

/** What became of all requests after the warm-up. */
export interface RequestTotals {
  readonly requests: RequestCounts;
  readonly attempts: AttemptCounts;
  readonly latencyMs: LatencySummary;
  /** Logical requests that failed or were slower than the objective, jobs included that are open and late already. */
  readonly violated: number;
  /** Served within the objective, and within four times the objective. */
  readonly satisfied: number;
  readonly tolerated: number;
  /** Logical requests whose last attempt was refused by a terminating pod, or cut off at the end of its grace. */
  readonly refusedByScaling: number;
  readonly cutByScaling: number;
  /** The same by a new revision of the pods, by evictions, and for pods of higher priority; absent where there was none. */
  readonly lostToRollout?: LostRequests;
  readonly lostToEviction?: LostRequests;
  readonly lostToPreemption?: LostRequests;
  /** Served later than the objective, and not so had the pods on their way been warm, as far as that can be told for certain. */
  readonly slowedByCold: number;
  /** CPU time spent on attempts that nobody waited for any more, or that were cut off, in microseconds. */
  readonly wastedCpuMicros: number;
}

/** Visits to one workload or dependency after the warm-up, each attempt counted. */
export interface VisitTotals {
  readonly offered: number;
  readonly served: number;
  readonly failed: number;
}

/** Everything a simulated run yields, before it is judged. */
export interface Measurement {
  /** End of the warm-up and of the run. */
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly totals: RequestTotals;
  readonly visits: Readonly<Record<string, VisitTotals>>;
  /** By name of the queue. */
  readonly queues: Readonly<Record<string, QueueTotals>>;
  /** Columns as described there, but for those that need judgement: demandPods, capacityPerSecond, costPerHour; and with `holdMs` and `holdScv`. */
  readonly series: RunSeries;
  readonly pods: readonly PodRecord[];
  readonly nodes: readonly NodeRecord[];
  /** In the order of their times; absent where every machine came. */
  readonly failedLaunches?: readonly FailedLaunch[];
  /** In the order of their times, workload by workload; absent where no workload has any. */
  readonly rollouts?: readonly RolloutRecord[];
  /** By workload, of those whose pods have a JVM; absent where there are none. */
  readonly jvms?: Readonly<Record<string, JvmTotals>>;
  readonly scaling: readonly ScalingEvent[];
  /** Changes of the number of nodes asked for, by pool; those of machines that are replicas stand with the others. */
  readonly nodeScaling: readonly ScalingEvent[];
}
