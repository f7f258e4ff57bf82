import type { VisitTotals } from '../../domain/measurement.js';
import type { Outcome } from './outcome.js';
import type { AttemptGate } from './attempt-gate.js';
import type { Chooser } from '../connections/chooser.js';
import type { ResponseMeter } from './response-meter.js';
import { StepColumns } from './step-columns.js';
import type { WarmUp } from './warm-up.js';
import { HOLD_SQUARES, HOLD_TENTHS, HOLDS, noWork, type WorkSums } from './work-sums.js';

/** A workload or dependency as callers see it: something that finds a station for an attempt, or refuses. */
export interface Front extends Chooser {
  readonly name: string;
  /** Position among the fronts. */
  readonly index: number;
  readonly tally: FrontTally;
  /** Whether its stations are settled only when somebody looks. */
  readonly lazy: boolean;
  /** Whether its stations are in the bank of those that serve first come first served. */
  readonly fcfs: boolean;
  /** What attempts must pass; null where there is nothing. */
  readonly gate: AttemptGate | null;
  /** What counts the answers of its pods where somebody asks; otherwise null. */
  readonly meter: ResponseMeter | null;
  /** Why the last attempt was refused. */
  readonly refusal: Outcome;
  /** Whether those who wait for a worker give up after a time. */
  readonly timesPatience: boolean;
  /** Whether anything has to be done when an attempt has come on board: patience is timed, or answers are. */
  readonly noticesBoarding: boolean;
  /** How its processes warm up; null where they do not. A front that has one is not lazy. */
  readonly warmUp: WarmUp | null;
  /** How long an attempt would wait before it gives up, or Infinity. */
  patience(ordinal: number, salt: number): number;
  /** Columns of the series besides its tally's. */
  moreColumns(): Record<string, Float64Array>;
  /** Is told whenever the visits on board of a station have changed. */
  loadChanged(station: number): void;
}

/** Counts the visits to a front: since the start for its counters, since time zero for totals, and by step. */
export class FrontTally {
  offered = 0;
  failed = 0;
  /** Visits whose own work was served, but whose calls failed. */
  spoiled = 0;
  readonly columns = new StepColumns(['offeredPerSecond', 'failed', 'holdMs', 'holdScv']);
  private readonly before = { offered: 0, served: 0, failed: 0 };
  private offeredAtStep = 0;
  private failedAtStep = 0;
  private workAtStep = noWork();

  constructor(
    /** What its stations have done since the start: they add to it. */
    readonly work: WorkSums,
  ) {}

  /** Totals start here. */
  startCounting(): void {
    Object.assign(this.before, { offered: this.offered, served: this.served, failed: this.failed });
  }

  totals(): VisitTotals {
    const { before } = this;
    return {
      offered: this.offered - before.offered,
      served: this.served - before.served,
      failed: this.failed - before.failed,
    };
  }

  /** Appends a row. */
  closeStep(stepSeconds: number): void {
    const { work } = this;
    const holds = work[HOLDS] - this.workAtStep[HOLDS];
    const mean = (work[HOLD_TENTHS] - this.workAtStep[HOLD_TENTHS]) / holds;
    const square = (work[HOLD_SQUARES] - this.workAtStep[HOLD_SQUARES]) / holds;
    this.columns.append([
      (this.offered - this.offeredAtStep) / stepSeconds,
      this.failed - this.failedAtStep,
      mean / 10,
      Math.max(0, square / (mean * mean) - 1),
    ]);
    this.offeredAtStep = this.offered;
    this.failedAtStep = this.failed;
    this.workAtStep.set(work);
  }

  private get served(): number {
    return this.work[HOLDS] - this.spoiled;
  }
}
