import type { QueueTotals } from '../../domain/queue-totals.js';
import type { SeriesTable } from '../../domain/run-result.js';
import type { QueueGauges } from '../data-plane.js';
import type { Operation } from './operations.js';

/** Is told which processes of a workload take jobs, by their station. */
export interface ConsumerWatch {
  opened(station: number): void;
  closed(station: number): void;
}

/** A queue as the rest of the request path knows it. */
export interface JobQueuePort extends ConsumerWatch {
  /** A job is published now; `outside` where it is a logical request, not part of one. */
  publish(operation: Operation, ordinal: number, hop: number, outside: boolean): void;
  gauges(): QueueGauges;
}

/** The queues of a world: the request path tells them what became of jobs at stations, and when their timers are due. */
export interface JobPort {
  /** The queue that a workload consumes; null where it consumes none. */
  consumedBy(workload: string): JobQueuePort | null;
  /** The queue of that name. */
  queue(name: string): JobQueuePort;
  /** The visit of a job was served to the end. */
  served(visit: number): void;
  /** The visit of a job was cut off or has failed. */
  failed(visit: number): void;
  /** A timer of a phase is due. */
  turn(phase: number, payload: number): void;
  /** Jobs from outside published after time zero whose end is open, which of them are late already, and their deliveries at work. */
  onBoard(): { readonly requests: number; readonly attempts: number; readonly overdue: number };
  /** Appends a row; `seconds` is the length of the step. */
  closeStep(seconds: number): void;
  totals(): Record<string, QueueTotals>;
  tables(): SeriesTable[];
}
