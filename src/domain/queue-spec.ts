import type { Distribution } from '../kernel/distributions.js';
import type { Micros } from '../kernel/micros.js';

/**
 * When a job that a worker failed at or lost is given to another: `on-disconnect`, as soon as the broker hears of it (a closed channel or a
 * negative acknowledgement of RabbitMQ), or only when its `visibility-timeout` is over (SQS, where a dead worker says nothing).
 */
export type Redelivery = 'on-disconnect' | 'visibility-timeout';

/** A queue of a broker: jobs wait in it, the oldest first, until a worker takes them. */
export interface QueueSpec {
  readonly name: string;
  /** What its jobs are judged by: from publication to the first completion. */
  readonly slo: { readonly latencyMicros: Micros; readonly target: number };
  /** From a delivery until the job may be delivered again, unless it was acknowledged; absent means never. */
  readonly visibilityTimeoutMicros?: Micros;
  readonly redelivery: Redelivery;
  /** Deliveries of a job; one that comes back after so many goes to the dead letters. Absent means no limit. */
  readonly maxReceives?: number;
  /** A job that has waited for so long since its publication is dropped; absent means it waits for ever. */
  readonly retentionMicros?: Micros;
  /** Jobs that may wait; a publication beyond is refused. Absent means no limit. */
  readonly limit?: number;
}

/** How the pods of a workload take jobs from a queue. */
export interface ConsumerSpec {
  /** Name of the queue; each has one workload that consumes it. */
  readonly queue: string;
  /** Jobs a pod holds at most, taken and not acknowledged yet. */
  readonly prefetch: number;
  /** How long a pod that found the queue empty waits until it asks again; 0 where the broker pushes or holds the question open. */
  readonly pollMicros: Micros;
  /** From taking a job out of the queue until it is at the pod; absent means no time. */
  readonly receiveLatency?: Distribution;
}
