import type { LostRequests, RequestTotals } from '../../domain/measurement.js';
import { Sketch } from '../../kernel/sketch.js';
import type { OnBoard } from './on-board.js';
import { latencySummary } from './latency-summary.js';
import { OUTCOME, type Outcome } from './outcome.js';
import { StepColumns } from './step-columns.js';

/** Latencies are entered in the sketch so many at a time. */
const NOTES = 1024;

/**
 * Counts logical requests and the attempts of requests from outside. Totals hold the requests whose intended arrival is after time zero
 * (the end of the warm-up); rows hold everything that ends in the step. Sums are of whole numbers, so the order of completion never shows.
 */
export class RequestRecorder {
  readonly columns = new StepColumns(COLUMNS);
  private readonly step = new Sketch();
  private readonly stepWarmUp = new Sketch();
  private readonly total = new Sketch();
  /** Latencies on their way into the step's sketch. */
  private readonly notes = new Float64Array(NOTES);
  private noted = 0;
  private failedInStep = 0;
  private timedOutInStep = 0;
  private rejectedInStep = 0;
  private slowInStep = 0;
  /** Logical requests offered since the start: by clients that do more than wait, and by those that do not. */
  private offered = 0;
  private direct = 0;
  private offeredBefore = 0;
  private directBefore = 0;
  private offeredAtStep = 0;
  private readonly ended = new Float64Array(Object.keys(OUTCOME).length);
  private attemptsOffered = 0;
  private attemptsFailed = 0;
  private slow = 0;
  private intolerable = 0;
  private slowedByCold = 0;
  private wastedCpuMicros = 0;
  /** Jobs done whose latency does not count among those of requests. */
  private jobsServed = 0;
  private jobsServedInStep = 0;

  constructor(
    private readonly sloMicros: number,
    /** Whether the latencies of jobs count: where there are requests that somebody waits for, theirs alone do. */
    private readonly jobsCount = false,
  ) {}

  /** Totals of what is offered start here: at time zero, everything up to it having been offered. */
  startCounting(): void {
    this.offeredBefore = this.offered;
    this.directBefore = this.direct;
  }

  /** A logical request arrives, now. */
  offer(): void {
    this.offered += 1;
  }

  /** Logical requests arrive, now, whose clients do nothing but wait: each has one attempt. */
  offerDirect(count: number): void {
    this.direct += count;
  }

  /** An attempt of a client that does more than wait. */
  attempt(intendedAt: number): void {
    if (intendedAt > 0) this.attemptsOffered += 1;
  }

  /** An attempt has failed. A served one needs no count of its own: it ends its logical request. */
  attemptFailed(intendedAt: number): void {
    if (intendedAt > 0) this.attemptsFailed += 1;
  }

  /** A visit whose client does nothing but wait was served after `latency`, at warm pods in `kept` less: see `ColdWork`. */
  serveDirect(latency: number, intendedAt: number, kept: number): void {
    if (latency > this.sloMicros) this.countSlow(intendedAt, latency, kept);
    if (intendedAt > 0) {
      const { noted } = this;
      this.notes[noted] = latency;
      this.noted = noted + 1;
      if (noted === NOTES - 1) this.takeNotes();
    } else this.stepWarmUp.add(latency);
  }

  /** A logical request was served; at warm pods it would have been `kept` sooner. */
  serve(intendedAt: number, at: number, kept: number): void {
    const latency = at - intendedAt;
    if (latency > this.sloMicros) this.countSlow(intendedAt, latency, kept);
    if (intendedAt > 0) this.step.add(latency);
    else this.stepWarmUp.add(latency);
  }

  /** A job was done the first time, against an objective of its own; at warm pods it would have been `kept` sooner. */
  serveJob(publishedAt: number, at: number, kept: number, sloMicros: number): void {
    if (at - publishedAt > sloMicros) this.countSlow(publishedAt, at - publishedAt, kept, sloMicros);
    if (this.jobsCount) {
      (publishedAt > 0 ? this.step : this.stepWarmUp).add(at - publishedAt);
      return;
    }
    this.jobsServedInStep += 1;
    if (publishedAt > 0) this.jobsServed += 1;
  }

  /** A logical request failed for good. */
  fail(intendedAt: number, outcome: Outcome): void {
    this.failedInStep += 1;
    if (outcome === OUTCOME.timedOut || outcome === OUTCOME.gaveUp) this.timedOutInStep += 1;
    if (isRejection(outcome)) this.rejectedInStep += 1;
    if (intendedAt > 0) this.ended[outcome] += 1;
  }

  waste(cpuMicros: number): void {
    this.wastedCpuMicros += cpuMicros;
  }

  closeStep(): void {
    this.takeNotes();
    const { step, stepWarmUp } = this;
    this.total.merge(step);
    const servedNow = step.count + stepWarmUp.count + this.jobsServedInStep;
    if (stepWarmUp.count > 0) step.merge(stepWarmUp);
    this.columns.append([
      this.offered + this.direct - this.offeredAtStep,
      servedNow,
      this.failedInStep,
      this.timedOutInStep,
      this.rejectedInStep,
      this.failedInStep + this.slowInStep,
      milliseconds(step.quantile(0.5)),
      milliseconds(step.quantile(0.95)),
      milliseconds(step.quantile(0.99)),
    ]);
    step.clear();
    stepWarmUp.clear();
    this.offeredAtStep = this.offered + this.direct;
    this.failedInStep = 0;
    this.timedOutInStep = 0;
    this.rejectedInStep = 0;
    this.slowInStep = 0;
    this.jobsServedInStep = 0;
  }

  /** Totals so far; the step must have been closed. What is in flight is counted by the caller, from what is on board. */
  totals(inFlight: OnBoard): RequestTotals {
    const { ended } = this;
    const direct = this.direct - this.directBefore;
    const offered = this.offered - this.offeredBefore + direct;
    const attempts = this.attemptsOffered + direct;
    const served = this.total.count + this.jobsServed;
    const failed = ended.reduce((sum, count) => sum + count, 0);
    const toRollout = lost(ended[OUTCOME.refusedByRollout], ended[OUTCOME.cutByRollout]);
    const toEviction = lost(ended[OUTCOME.refusedByEviction], ended[OUTCOME.cutByEviction]);
    const toPreemption = lost(ended[OUTCOME.refusedByPreemption], ended[OUTCOME.cutByPreemption]);
    const rejected = ended.reduce((sum, count, outcome) => (isRejection(outcome) ? sum + count : sum), 0);
    return {
      requests: {
        offered,
        served,
        failed,
        timedOut: ended[OUTCOME.timedOut] + ended[OUTCOME.gaveUp],
        rejected,
        inFlightAtEnd: inFlight.requests,
      },
      attempts: {
        offered: attempts,
        served,
        failed: this.attemptsFailed,
        inFlightAtEnd: inFlight.attempts,
        amplification: offered === 0 ? 1 : attempts / offered,
      },
      latencyMs: latencySummary(this.total),
      violated: failed + this.slow + inFlight.overdue,
      satisfied: served - this.slow,
      tolerated: this.slow - this.intolerable,
      refusedByScaling: ended[OUTCOME.refusedByScaling],
      cutByScaling: ended[OUTCOME.cutByScaling],
      ...(toRollout === null ? {} : { lostToRollout: toRollout }),
      ...(toEviction === null ? {} : { lostToEviction: toEviction }),
      ...(toPreemption === null ? {} : { lostToPreemption: toPreemption }),
      slowedByCold: this.slowedByCold,
      wastedCpuMicros: this.wastedCpuMicros,
    };
  }

  private takeNotes(): void {
    this.step.addAll(this.notes, this.noted);
    this.noted = 0;
  }

  private countSlow(intendedAt: number, latency: number, kept: number, sloMicros = this.sloMicros): void {
    this.slowInStep += 1;
    if (intendedAt <= 0) return;
    this.slow += 1;
    if (latency > 4 * sloMicros) this.intolerable += 1;
    if (latency - kept <= sloMicros) this.slowedByCold += 1;
  }
}

const COLUMNS = ['offered', 'served', 'failed', 'timedOut', 'rejected', 'violated', 'p50Ms', 'p95Ms', 'p99Ms'];

const REJECTIONS: readonly number[] = [
  OUTCOME.rejected,
  OUTCOME.refusedByScaling,
  OUTCOME.refusedByFailure,
  OUTCOME.refusedByRollout,
  OUTCOME.refusedByEviction,
  OUTCOME.refusedByPreemption,
  OUTCOME.circuitOpen,
  OUTCOME.shed,
];

/** Null where nobody is lost. */
function lost(refused: number, cutOff: number): LostRequests | null {
  return refused + cutOff === 0 ? null : { refused, cutOff };
}

function isRejection(outcome: number): boolean {
  return REJECTIONS.includes(outcome);
}

function milliseconds(value: number | null): number {
  return value === null ? NaN : value / 1e3;
}
