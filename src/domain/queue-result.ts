import type { QueueTotals } from './queue-totals.js';

/** Quantiles and maximum of how old the oldest waiting job was, over the time after the warm-up, in seconds. */
export interface AgeSummary {
  /** Quantiles over time of the readings at the ends of steps. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Exactly, between the ends of steps too. */
  readonly max: number;
}

/** Result of one queue; counts are of jobs published after the warm-up. */
export interface QueueResult extends Omit<
  QueueTotals,
  'waiting' | 'inProgress' | 'maxAgeSeconds' | 'late' | 'overdue'
> {
  /** The workload that consumes it. */
  readonly workload: string;
  readonly waitingAtEnd: number;
  readonly inProgressAtEnd: number;
  /** Lag: the age of the oldest job that waits, 0 where none does. */
  readonly oldestAgeSeconds: AgeSummary;
  /** Jobs that wait, over time. */
  readonly length: { readonly mean: number; readonly max: number };
  /** `violatedShare`: of those published, which were lost, done late, or open at the end and late already. */
  readonly slo: {
    readonly latencyMs: number;
    readonly target: number;
    readonly violatedShare: number;
    readonly errorBudgetUsed: number;
  };
}
