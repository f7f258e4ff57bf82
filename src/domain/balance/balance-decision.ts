import type { BalanceSettings } from './balance-settings.js';
import type { TrafficSplit } from './traffic-split.js';

/** One rule that was consulted on the way to the shares, and the numbers that it saw. */
export interface BalanceRule {
  /** Stable name, as 'bounded-change', 'floor', 'overload-threshold', 'set-weight', 'pause'. */
  readonly rule: string;
  readonly numbers: Readonly<Record<string, number | string>>;
}

/** Which pods are to leave first, and how long they may take. */
export interface DrainDecision {
  /** Names, the first to leave first; empty leaves the order to the controller. */
  readonly order: readonly string[];
  /** Null means the pods' own grace period. */
  readonly deadlineSeconds: number | null;
}

/** What was decided about a workload's balancers at one tick; what did not change is absent. */
export interface BalanceDecision {
  readonly policy: string;
  /** Shares of new requests before (null: as the balancers have them by themselves) and from now on. */
  readonly split?: { readonly from: TrafficSplit | null; readonly to: TrafficSplit };
  /** Replicas by revision, from now on. */
  readonly revisions?: Readonly<Record<string, number>>;
  readonly settings?: BalanceSettings;
  readonly drain?: DrainDecision;
  readonly rules: readonly BalanceRule[];
  /** One word for the table of reasons, as 'rebalanced', 'balanced', 'no-latency-yet', 'canary-step'. */
  readonly reason: string;
}
