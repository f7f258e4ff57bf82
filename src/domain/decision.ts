import type { Micros } from '../kernel/micros.js';
import type { BalanceDecision } from './balance/balance-decision.js';
import type { Forecast } from './forecast.js';
import type { DataAge, MissingOutcome } from './named-metric.js';
import type { PodResources } from './pod-resources.js';

/**
 * One rule that was consulted on the way from the raw to the final number of replicas.
 *
 * `before` and `after` are replicas; equal where the rule was consulted and left the number alone. `numbers` are what the rule saw.
 */
export interface Rule {
  /** Stable name, as 'tolerance', 'stabilization', 'rate-policy', 'min', 'max', 'quota'. */
  readonly rule: string;
  readonly before: number;
  readonly after: number;
  readonly numbers: Readonly<Record<string, number | string>>;
}

/** What one metric said. */
export interface MetricReading {
  /** As the user named it, for instance 'cpu' or 'external/queue_length'. */
  readonly name: string;
  /** Measured value in the unit of `unit`; null when the metric was not valid. */
  readonly value: number | null;
  readonly target: number;
  /** '%', 'millicores', 'MiB', '/s' or '' for a plain number. */
  readonly unit: string;
  /** Replicas this metric alone asks for; null when it was not valid. */
  readonly proposal: number | null;
  /** Why it was not valid; null when it was. */
  readonly invalid: string | null;
  /** How old it was, link by link; absent where the scenario has no metrics by expression, or nothing was read. */
  readonly age?: DataAge;
  /** What was done because it had no value of its own; absent where it had one. */
  readonly missing?: MissingOutcome;
}

/** What became of one stage of the engine's pipeline in this decision. */
export interface StageOutcome {
  readonly stage: 'collect' | 'predict' | 'horizontal' | 'vertical' | 'cost' | 'allocate' | 'balance';
  /** `neutral`: it had nothing to say, by configuration; `failed`: it fell back to holding. */
  readonly status: 'ran' | 'neutral' | 'failed';
  readonly note: string;
}

/**
 * One rule that was consulted on the way from usage to a request or limit. `before` and `after` are millicores or MiB, by `resource`.
 */
export interface ResourceRule {
  /** Stable name, as 'percentile', 'margin', 'confidence', 'pod-minimum', 'max-allowed', 'oom-bump', 'eviction-budget'. */
  readonly rule: string;
  readonly resource: 'cpu' | 'memory';
  readonly before: number;
  readonly after: number;
  readonly numbers: Readonly<Record<string, number | string>>;
}

/** What a vertical policy recommends for one resource of a pod, in millicores or MiB: the request it aims at, and the range in which a pod is left alone. */
export interface ResourceRecommendation {
  readonly lower: number;
  readonly target: number;
  readonly upper: number;
}

/** What was decided about the requests and limits of a workload's pods at one tick. */
export interface VerticalDecision {
  readonly policy: string;
  /** By resource; null where the policy leaves it alone, or knows too little. */
  readonly recommendation: {
    readonly cpu: ResourceRecommendation | null;
    readonly memory: ResourceRecommendation | null;
  };
  /** What pods are created with, before and from now on. */
  readonly from: PodResources;
  readonly template: PodResources;
  /** Pods that are evicted, so that they come back with the new template; by name. */
  readonly evict: readonly string[];
  /** Pods that are resized in place; by name. */
  readonly resize: readonly string[];
  readonly rules: readonly ResourceRule[];
  /** One word for the table of reasons, as 'updated', 'within-range', 'no-history', 'evicted'. */
  readonly reason: string;
}

/** What the engine decided for one workload, or one pool of nodes, at one tick, and everything that led there. Built as the decision is made. */
export interface Decision {
  /** Due time of the tick. */
  readonly at: Micros;
  /** Name of the workload; of the pool where it is about `nodes`. */
  readonly workload: string;
  /** What it counts: the nodes of a pool, or machines that are the replicas of a workload; absent means pods. */
  readonly counts?: 'nodes' | 'instances';
  readonly policy: string;
  /** Replicas asked for before. */
  readonly from: number;
  /** What the policy's metrics alone asked for; null when none was valid. */
  readonly rawDesired: number | null;
  /** Replicas asked for from now on. */
  readonly desired: number;
  readonly direction: 'up' | 'down' | 'hold';
  /** The one word for the table of reasons: the last rule that changed the number, or why nothing changed. */
  readonly reason: string;
  /** The metric that won; null when none did. */
  readonly winner: string | null;
  readonly metrics: readonly MetricReading[];
  readonly rules: readonly Rule[];
  /** Age of the newest sample used, in seconds; null when there was none. */
  readonly dataAgeSeconds: number | null;
  readonly forecast: Pick<Forecast, 'model' | 'abstained' | 'confidence'>;
  readonly stages: readonly StageOutcome[];
  /** Absent where requests and limits stay as the manifest has them. */
  readonly vertical?: VerticalDecision;
  /** Absent where the engine leaves balancers alone. */
  readonly balance?: BalanceDecision;
}
