import type { LatencySummary } from './latency-summary.js';
import type { CostSummary } from './cost-summary.js';
import type { Bottleneck } from './bottleneck.js';
import type { CpuSummary } from './cpu-summary.js';
import type { JvmResult } from './jvm/jvm-result.js';
import type { Decision } from './decision.js';
import type { FailedLaunch } from './failed-launch.js';
import type { LostToDisruption, RequestedResult, RolloutResult } from './disruption-result.js';
import type { QueueResult } from './queue-result.js';
import type { GuessedInput } from './guess.js';
import type { RunIdentity } from './run-identity.js';
import type { WorstMinutes } from './worst-minutes.js';
import type { ArrivalSensitivity } from './arrival-sensitivity.js';
import type { EngineDelayParts } from './engine-delay.js';
import type { LoadResponse } from './load-response.js';
import type { NetworkResult } from './network-result.js';

/** Logical requests offered after the warm-up: offered = served + failed + inFlightAtEnd, exactly; failed includes timedOut and rejected. */
export interface RequestCounts {
  readonly offered: number;
  readonly served: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly rejected: number;
  readonly inFlightAtEnd: number;
}

/** Attempts of all those requests at the workload they enter: offered = served + failed + inFlightAtEnd, exactly. */
export interface AttemptCounts {
  readonly offered: number;
  readonly served: number;
  readonly failed: number;
  readonly inFlightAtEnd: number;
  /** Attempts per logical request. */
  readonly amplification: number;
}

/** Two quantiles of a set of durations; null when the set is empty. */
export interface TwoQuantiles {
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Pods of one workload, or of all. */
export interface PodSummary {
  readonly hours: number;
  readonly readyHours: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** Pods that had to make room for others of higher priority; absent where none had. */
  readonly preempted?: number;
}

/** Result of one workload. */
export interface WorkloadResult extends Partial<CpuSummary> {
  readonly pods: PodSummary;
  /** Requests and calls offered to the workload, each attempt counted. */
  readonly offered: number;
  readonly served: number;
  readonly failed: number;
  /** CPU used over CPU requested, over the whole run; null where nothing is requested. */
  readonly cpuUtilisation: number | null;
  readonly requested: RequestedResult;
  /** Where its balancer chooses once for every connection; absent elsewhere. */
  readonly connections?: ConnectionSummary;
  /** Where its balancer does more than choose, or its pods refuse by more than the length of their queue; absent elsewhere. */
  readonly balancer?: BalancerSummary;
  /** Where its pods have a JVM; absent elsewhere. */
  readonly jvm?: JvmResult;
  /** Where the engine has a say in its balancers and there are new revisions; absent elsewhere. */
  readonly revisions?: readonly RevisionTraffic[];
}

/** What balancers sent to one revision of a workload's pods. */
export interface RevisionTraffic {
  /** 0 the state before the run. */
  readonly revision: number;
  /** Attempts, or connections where the balancer chooses once for every connection. */
  readonly sent: number;
}

/** What balancers did beyond choosing, and what was refused for another reason than a full queue; counts are of attempts. */
export interface BalancerSummary {
  /** Times that a balancer ejected an endpoint. */
  readonly ejections: number;
  /** Endpoints out at the end of a step, at most; an average over the balancers where there are several. */
  readonly maxEjected: number;
  readonly circuitOpen: number;
  readonly shed: number;
  /** Answered with an error by a pod at fault. */
  readonly errored: number;
}

/** Connections that clients kept to a workload. */
export interface ConnectionSummary {
  readonly opened: number;
  /** Closed because their pod stopped listening or died. */
  readonly closedByPods: number;
  /** Pods that got a request over a kept connection within a step of the series. */
  readonly podsReached: { readonly min: number; readonly max: number };
}

/** Result of one dependency. */
export interface DependencyResult {
  readonly offered: number;
  readonly served: number;
  readonly failed: number;
  /** Busy share of its concurrency, over the run and in its busiest five minutes. */
  readonly utilisation: number;
  readonly peakUtilisation: number;
  /** Mean time its calls waited, in milliseconds, in its busiest five minutes. */
  readonly peakWaitMs: number;
}

/** Where an input came from: measured, measured in part (the detail says what of it is a guess), a default of ours, or a guess of the user's. */
export interface TrustEntry {
  readonly input: string;
  readonly status: 'measured' | 'half-guessed' | 'defaulted' | 'guessed';
  readonly detail: string;
}

/** Elasticity of supply against demand, in percent. Source: Herbst et al., SPEC RG elasticity metrics. */
export interface Elasticity {
  readonly thetaU: number;
  readonly thetaO: number;
  readonly tauU: number;
  readonly tauO: number;
  readonly instability: number;
}

/** A condition of the scenario and whether the run met it. */
export interface ThresholdOutcome {
  readonly threshold: string;
  readonly value: number | null;
  readonly met: boolean;
}

/** The document of one run: `result.json`, and what `run --json` prints. */
export interface RunResult {
  readonly identity: RunIdentity;
  readonly journal: { readonly entries: number; readonly hash: string };
  readonly question: string;
  /** The scenario's own answer to its question, true of this result and with its numbers; null where it has none. */
  readonly answer: string | null;
  readonly durationSeconds: number;
  readonly warmUpSeconds: number;
  readonly originIso: string;
  readonly requests: RequestCounts;
  readonly attempts: AttemptCounts;
  readonly latencyMs: LatencySummary;
  readonly slo: {
    readonly latencyMs: number;
    readonly target: number;
    readonly violatedShare: number;
    readonly errorBudgetUsed: number;
    readonly apdex: number | null;
  };
  readonly availability: LostToDisruption & {
    readonly ratio: number;
    readonly lostToScaling: {
      readonly refused: number;
      readonly cutOff: number;
      readonly total: number;
      readonly share: number;
      readonly shareDuringScaling: number;
    };
    readonly slowedByCold: number;
  };
  readonly workloads: Readonly<Record<string, WorkloadResult>>;
  readonly dependencies: Readonly<Record<string, DependencyResult>>;
  /** Absent where there are no queues. */
  readonly queues?: Readonly<Record<string, QueueResult>>;
  readonly pods: PodSummary;
  readonly nodes: {
    readonly hours: number;
    readonly max: number;
    /** Machines asked for that never took their place; absent where all came. */
    readonly failedLaunches?: {
      /** Times that the provider refused one. */
      readonly refused: number;
      /** Machines that ran and never came up. */
      readonly neverUp: number;
    };
  };
  readonly scaling: {
    readonly ups: number;
    readonly downs: number;
    readonly reversals: number;
    /** Of the replicas asked for over time, the sum over the workloads; 0 where nothing changed. */
    readonly replicaVariance: number;
    readonly responseSeconds: TwoQuantiles;
    /** Of the shortages that pods ended: until as many replicas were asked for as ended them, and from then until they were ready. */
    readonly engineDelaySeconds: TwoQuantiles;
    readonly floorSeconds: TwoQuantiles;
    /** Absent where pods ended no shortage. */
    readonly engineDelayMeanSeconds?: EngineDelayParts;
    /** Every shortage that pods ended, workload by workload; absent where there was none. */
    readonly responses?: readonly LoadResponse[];
  };
  /** Absent where there are none. */
  readonly rollouts?: readonly RolloutResult[];
  readonly elasticity: Elasticity;
  readonly cost: CostSummary;
  /** Absent where messages take no time and are not counted. */
  readonly network?: NetworkResult;
  /** Count of decisions by reason. */
  readonly decisions: Readonly<Record<string, number>>;
  readonly bottleneck: Bottleneck;
  /** Null where every request met the objective. */
  readonly worst: WorstMinutes | null;
  readonly trust: readonly TrustEntry[];
  /** What the scenario lists as its guesses, most important first; absent where it has no list. */
  readonly guesses?: readonly GuessedInput[];
  /** What the run did that nothing in its world held back and a real one would, a sentence each; absent where there is nothing. */
  readonly cautions?: readonly string[];
  readonly assumptions: readonly string[];
  /** Every setting of the scenario by its path, as it was written or would be: what comparisons of two runs hold against each other. */
  readonly settings: Readonly<Record<string, string>>;
  readonly thresholds: readonly ThresholdOutcome[];
  /** Absent where nobody asked for it. */
  readonly arrivalSensitivity?: ArrivalSensitivity;
  /** Outside the identity, never hashed; absent where nobody measured. */
  readonly performance?: {
    readonly wallSeconds: number;
    readonly cpuSeconds: number;
    readonly requestsPerCpuSecond: number;
    /** Peak of the process's memory; null where earlier runs of the same process may have made it. */
    readonly peakRssMiB: number | null;
  };
}

/** A scaling action as charts mark it. */
export interface ScalingEvent {
  readonly atSeconds: number;
  readonly workload: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** A stretch of the run in which something went wrong on purpose; seconds since the end of the warm-up. */
export interface FaultEpisode {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly label: string;
}

/** Rows of one entity over time: every column has `steps` entries; NaN where there is no value. */
export interface SeriesTable {
  readonly entity: string;
  readonly kind: 'service' | 'workload' | 'dependency' | 'queue' | 'pool';
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/**
 * Everything that changes over time, one row a step, warm-up included (its rows have negative `startSeconds`).
 *
 * Columns of the service: offered, served, failed, timedOut, rejected, violated, p50Ms, p95Ms, p99Ms (of requests ending in the step),
 * nodes, costPerHour; where there is a network also crossZoneBytes, crossRegionBytes, internetBytes, retransmissions. Of a workload: offeredPerSecond, desiredPods, pods, readyPods, demandPods, capacityPerSecond, cpuCores,
 * cpuUtilisation, memoryMiB, requestedCores, requestedMemoryMiB, queue, inFlight; where its balancer works per connection also connections, connectionsOpened,
 * connectionsClosedByPods, podsReached (within the step); where it does more than choose also ejected (on average over its instances),
 * ejections, circuitOpen, shed, errored (attempts); where pods run under a quota cfsPeriods, cfsPeriodsThrottled, throttledShare and
 * throttledSeconds, where the engine has a say in the balancers and there are new revisions toRevision0, toRevision1, ... (sent to each within the step), where they share nodes withheldCores, where starting takes CPU startUpCores, where answering probes does probeCores. Of a dependency: offeredPerSecond, utilisation, queue, waitMs, rejected.
 * Of a queue: publishedPerSecond, donePerSecond, waiting, unacknowledged, oldestAgeSeconds, redelivered, duplicates, deadLettered, lost (within
 * the step), p95Seconds (latency of jobs done in the step); offeredPerSecond of the workload that consumes it is what was published.
 * Of a pool whose number of nodes changes: desiredNodes, nodes (that run), readyNodes, stoppedNodes.
 * Gauges (pods, queue, ...) are read at the end of the step.
 */
export interface RunSeries {
  readonly stepSeconds: number;
  readonly steps: number;
  readonly startSeconds: Float64Array;
  readonly tables: readonly SeriesTable[];
}

/** What the report is made from. */
export interface RunReport {
  readonly result: RunResult;
  readonly series: RunSeries;
  readonly events: readonly ScalingEvent[];
  /** Changes of the number of nodes asked for, by pool. */
  readonly nodeEvents: readonly ScalingEvent[];
  /** In the order of their times; absent where every machine came. */
  readonly failedLaunches?: readonly FailedLaunch[];
  /** Faults that last, for charts to shade; absent where there are none. */
  readonly episodes?: readonly FaultEpisode[];
  readonly decisions: readonly Decision[];
}
