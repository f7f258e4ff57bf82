import type { TrafficSpec } from '../../domain/traffic-spec.js';
import type { QueueTotals } from '../../domain/queue-totals.js';
import type { SeriesTable } from '../../domain/run-result.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import type { Streams } from '../../kernel/streams.js';
import type { Boarding } from '../requests/boarding.js';
import type { JobPort, JobQueuePort } from '../requests/job-port.js';
import { drawOf } from '../requests/operations.js';
import type { PlaneState } from '../requests/plane-state.js';
import { TIMER } from '../requests/timer-phase.js';
import type { TrafficSource } from '../requests/traffic-source.js';
import type { SetTimer } from '../requests/user-crowd.js';
import { CPU, DELIVERY, OPERATION } from '../requests/visits.js';
import { FAILED } from './deliveries.js';
import { JobQueue } from './job-queue.js';
import { Publisher } from './publisher.js';

/** What the queues of a world are made from. */
export interface JobDeskParts {
  readonly plane: PlaneState;
  readonly boarding: Boarding;
  readonly setTimer: SetTimer;
  readonly streams: Streams;
}

/** All queues of a world, and those who publish to them from outside. */
export class JobDesk implements JobPort {
  private readonly queues: readonly JobQueue[];
  /** Position of the queue that a workload consumes, by the workload's name. */
  private readonly consumed = new Map<string, number>();
  private readonly publishers: Publisher[] = [];

  constructor(
    { queues, workloads }: Required<Pick<WorldSpec, 'queues'>> & Pick<WorldSpec, 'workloads'>,
    private readonly parts: JobDeskParts,
  ) {
    const { plane, boarding, setTimer, streams } = parts;
    this.queues = queues.map((spec, i) => {
      const consumer = workloads.find(({ consumes }) => consumes?.queue === spec.name);
      if (consumer?.consumes === undefined) throw new RangeError(`nobody consumes the queue ${spec.name}`);
      this.consumed.set(consumer.name, i);
      const { receiveLatency } = consumer.consumes;
      return new JobQueue({
        plane,
        boarding,
        spec,
        consumer: consumer.consumes,
        receiveLatency:
          receiveLatency === undefined ? null : drawOf(receiveLatency, streams.stream('receive', spec.name)),
        setTimer: (at, phase, payload) => setTimer(at, phase, i * QUEUE + payload),
      });
    });
  }

  /** Adds a source of jobs from outside. */
  addPublisher(spec: TrafficSpec, source: TrafficSource): void {
    const publisher = new Publisher(spec, source, this.queue(spec.queue ?? ''), this.parts.streams);
    this.publishers.push(publisher);
    this.plan(this.publishers.length - 1);
  }

  consumedBy(workload: string): JobQueuePort | null {
    const i = this.consumed.get(workload);
    return i === undefined ? null : this.queues[i];
  }

  queue(name: string): JobQueuePort {
    const queue = this.queues.find((one) => one.name === name);
    if (queue === undefined) throw new RangeError(`no queue is called ${name}`);
    return queue;
  }

  served(visit: number): void {
    const { visits, recorder, cold } = this.parts.plane;
    const cpuMicros = visits.reals[visit + CPU];
    const kept = cold?.keptBy(visit) ?? 0;
    if (!this.queueOf(visit).ended(visits.ints[2 * visit + DELIVERY], kept)) recorder.waste(cpuMicros);
  }

  failed(visit: number): void {
    this.queueOf(visit).ended(this.parts.plane.visits.ints[2 * visit + DELIVERY], FAILED);
  }

  turn(phase: number, payload: number): void {
    if (phase === TIMER.jobPublished) {
      this.publishers[payload].publish();
      this.plan(payload);
      return;
    }
    const i = Math.floor(payload / QUEUE);
    const queue = this.queues[i];
    const rest = payload - i * QUEUE;
    if (phase === TIMER.jobVisible) queue.visibleAgain(rest);
    else if (phase === TIMER.jobArrived) queue.arrived(rest);
    else if (phase === TIMER.jobOffered) queue.handOut();
    else queue.asks(rest);
  }

  onBoard(): { requests: number; attempts: number; overdue: number } {
    let [requests, attempts, overdue] = [0, 0, 0];
    for (const queue of this.queues) {
      const open = queue.open('outside');
      requests += open.waiting + open.inProgress;
      attempts += open.deliveries;
      overdue += open.overdue;
    }
    return { requests, attempts, overdue };
  }

  closeStep(seconds: number): void {
    for (const queue of this.queues) queue.closeStep(seconds);
  }

  totals(): Record<string, QueueTotals> {
    return Object.fromEntries(this.queues.map((queue) => [queue.name, queue.totals()]));
  }

  tables(): SeriesTable[] {
    return this.queues.map(({ name, ledger }) => ({
      entity: name,
      kind: 'queue',
      columns: ledger.books.columns.columns(),
    }));
  }

  /** A job is of the queue that the workload behind its visit consumes. */
  private queueOf(visit: number): JobQueue {
    const { visits, operations, fronts } = this.parts.plane;
    const { front } = operations[visits.ints[2 * visit + OPERATION]];
    return this.queues[this.consumed.get(fronts[front].name) ?? -1];
  }

  private plan(i: number): void {
    const { nextAt } = this.publishers[i];
    if (nextAt !== Infinity) this.parts.setTimer(nextAt, TIMER.jobPublished, i);
  }
}

/** Payloads of one queue stay below this; 64 queues below 2^53. */
const QUEUE = 2 ** 47;
