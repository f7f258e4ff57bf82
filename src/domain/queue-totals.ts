import type { LatencySummary } from './latency-summary.js';

/**
 * What became of the jobs of one queue that were published after the warm-up:
 * published = done + dead + expired + refused + waiting + inProgress, exactly.
 */
export interface QueueTotals {
  readonly published: number;
  /** Completed at least once. */
  readonly done: number;
  /** Delivered as often as allowed and never completed. */
  readonly dead: number;
  /** Dropped when they had waited for as long as the queue keeps a job. */
  readonly expired: number;
  /** Refused at publication, since the queue was full. */
  readonly refused: number;
  /** At the end: in the queue, or held for a worker that is gone until the visibility time-out. */
  readonly waiting: number;
  /** At the end: on their way to a worker, or at one. */
  readonly inProgress: number;
  /** Times that a job was handed to a worker, and how many of those were not the job's first. */
  readonly deliveries: number;
  readonly redelivered: number;
  /** Completions of jobs that had been completed before. */
  readonly duplicates: number;
  /** Messages that went to the dead letters, those included whose job was completed all the same. */
  readonly deadLettered: number;
  /** Done later than the objective. */
  readonly late: number;
  /** Open at the end, and older than the objective. */
  readonly overdue: number;
  /** From publication to the first completion, of those done. */
  readonly latencyMs: LatencySummary;
  /** From publication to the first delivery, of those delivered. */
  readonly timeInQueueMs: LatencySummary;
  /** The greatest age that the oldest waiting job reached after the warm-up, exactly. */
  readonly maxAgeSeconds: number;
}
