import type { Recurrence } from '../../../domain/schedule/recurrence.js';

/** A trigger that reads a number of a workload. */
export interface MetricTrigger {
  readonly kind: 'metric';
  readonly name: string;
  /** Name of the metric in what is observed of the workload, as 'requests_per_second'. */
  readonly metric: string;
  /** Whose metric it is; null for the workload itself. */
  readonly workload: string | null;
  /** What it is kept at for each replica, in thousandths. */
  readonly targetMilli: number;
  /** It is kept at that as a whole; absent means for each replica. */
  readonly metricType?: 'Value';
  /** It is active above this. */
  readonly activation: number;
}

/** A trigger by the clock: so many replicas between two instants that come again and again. */
export interface CronTrigger {
  readonly kind: 'cron';
  readonly name: string;
  readonly start: Recurrence;
  readonly end: Recurrence;
  /** Of the local clock before UTC's. */
  readonly utcOffsetMicros: number;
  readonly desiredReplicas: number;
}

/** A trigger that KEDA itself reads. */
export type ExternalTrigger = MetricTrigger | CronTrigger;

/** What a trigger shows at an instant, or why it shows nothing; or what it counts for while it is not measured, by configuration. */
export type TriggerReading =
  | { readonly value: number; readonly isActive: boolean }
  | { readonly unmeasured: 'hold' | 'ignore' }
  | { readonly problem: string };
