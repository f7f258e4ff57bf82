import type { QueueTotals } from '../../domain/queue-totals.js';
import { Sketch } from '../../kernel/sketch.js';
import { latencySummary } from '../requests/latency-summary.js';
import { OUTCOME } from '../requests/outcome.js';
import { StepColumns } from '../requests/step-columns.js';

/** What is read of a queue at the end of a step. */
export interface StepGauges {
  readonly waiting: number;
  readonly unacknowledged: number;
  readonly ageSeconds: number;
}

/** Counts of one queue: totals of jobs published after time zero, rows of everything that happens in a step. */
export class QueueBooks {
  readonly columns = new StepColumns([
    'publishedPerSecond',
    'donePerSecond',
    'waiting',
    'unacknowledged',
    'oldestAgeSeconds',
    'redelivered',
    'duplicates',
    'deadLettered',
    'lost',
    'p95Seconds',
  ]);
  /** Published since the start. */
  published = 0;
  private readonly totals = none();
  private inStep = none();
  private readonly latency = new Sketch();
  private readonly stepLatency = new Sketch();
  private readonly timeInQueue = new Sketch();
  private maxAge = 0;

  constructor(private readonly sloMicros: number) {}

  /** A job is published. */
  publish(at: number): void {
    this.published += 1;
    this.count('published', at);
  }

  /** A job published at an instant is handed to a worker, for the first time or again. */
  deliver(publishedAt: number, now: number, first: boolean): void {
    this.count('deliveries', publishedAt);
    if (!first) this.count('redelivered', publishedAt);
    else if (publishedAt > 0) this.timeInQueue.add(now - publishedAt);
    this.see(publishedAt, now);
  }

  /** The oldest job that waits has an age. */
  see(publishedAt: number, now: number): void {
    if (now > 0) this.maxAge = Math.max(this.maxAge, now - publishedAt);
  }

  /** A job is done, the first time or again. */
  complete(publishedAt: number, now: number, first: boolean): void {
    if (!first) {
      this.count('duplicates', publishedAt);
      return;
    }
    const latency = now - publishedAt;
    this.count('done', publishedAt);
    if (latency > this.sloMicros) this.count('late', publishedAt);
    this.stepLatency.add(latency);
    if (publishedAt > 0) this.latency.add(latency);
  }

  /** A message goes to the dead letters. */
  bury(publishedAt: number): void {
    this.count('deadLettered', publishedAt);
  }

  /** A job will never be done. */
  lose(publishedAt: number, outcome: number): void {
    if (outcome === OUTCOME.deadLettered) this.count('dead', publishedAt);
    else this.count(outcome === OUTCOME.expired ? 'expired' : 'refused', publishedAt);
  }

  /** Appends a row. */
  closeStep(seconds: number, gauges: StepGauges): void {
    const { inStep } = this;
    const p95 = this.stepLatency.quantile(0.95);
    this.columns.append([
      inStep.published / seconds,
      inStep.done / seconds,
      gauges.waiting,
      gauges.unacknowledged,
      gauges.ageSeconds,
      inStep.redelivered,
      inStep.duplicates,
      inStep.deadLettered,
      inStep.dead + inStep.expired + inStep.refused,
      p95 === null ? NaN : p95 / 1e6,
    ]);
    this.stepLatency.clear();
    this.inStep = none();
  }

  /** Totals so far, with what is still open. */
  sum({ waiting, inProgress, overdue }: Pick<QueueTotals, 'waiting' | 'inProgress' | 'overdue'>): QueueTotals {
    return {
      ...this.totals,
      ...{ waiting, inProgress, overdue },
      latencyMs: latencySummary(this.latency),
      timeInQueueMs: latencySummary(this.timeInQueue),
      maxAgeSeconds: this.maxAge / 1e6,
    };
  }

  private count(what: Counted, publishedAt: number): void {
    this.inStep[what] += 1;
    if (publishedAt > 0) this.totals[what] += 1;
  }
}

function none() {
  return {
    published: 0,
    done: 0,
    dead: 0,
    expired: 0,
    refused: 0,
    deliveries: 0,
    redelivered: 0,
    duplicates: 0,
    deadLettered: 0,
    late: 0,
  };
}

type Counted = keyof ReturnType<typeof none>;
