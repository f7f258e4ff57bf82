import type { Outcome } from './outcome.js';
import type { Station } from './station.js';
import { StepColumns } from './step-columns.js';

/** A workload or dependency as callers see it: something that finds a station for an attempt, or refuses. */
export interface Front {
  readonly name: string;
  /** Position among the fronts. */
  readonly index: number;
  readonly tally: FrontTally;
  /** Whether its stations are settled only when somebody looks. */
  readonly lazy: boolean;
  /** Whether work is counted by CPU time (processor sharing) rather than by worker time. */
  readonly countsCpu: boolean;
  /** Station for an attempt, or null when it is refused. */
  choose(at: number, ordinal: number, salt: number): Station | null;
  /** Why the last attempt was refused. */
  readonly refusal: Outcome;
  /** How long an attempt would wait before it gives up, or Infinity. */
  patience(ordinal: number, salt: number): number;
  /** Is told whenever the visits on board of a station have changed. */
  loadChanged(station: Station): void;
}

/** Counts the visits to a front: since the start for its counters, since time zero for totals, and by step. */
export class FrontTally {
  offered = 0;
  served = 0;
  failed = 0;
  private offeredBefore = 0;
  private servedBefore = 0;
  private failedBefore = 0;
  private offeredAtStep = 0;
  private failedAtStep = 0;
  private holds = 0;
  private holdSum = 0;
  private holdSquares = 0;
  readonly columns = new StepColumns(['offeredPerSecond', 'failed', 'holdMs', 'holdScv']);

  /** A visit was served, having needed its worker (or the CPU) for so many microseconds. */
  serve(holdMicros: number): void {
    const tenths = Math.round(holdMicros / 100);
    this.served += 1;
    this.holds += 1;
    this.holdSum += tenths;
    this.holdSquares += tenths * tenths;
  }

  /** Totals start here. */
  startCounting(): void {
    this.offeredBefore = this.offered;
    this.servedBefore = this.served;
    this.failedBefore = this.failed;
  }

  totals(): { readonly offered: number; readonly served: number; readonly failed: number } {
    return {
      offered: this.offered - this.offeredBefore,
      served: this.served - this.servedBefore,
      failed: this.failed - this.failedBefore,
    };
  }

  closeStep(stepSeconds: number): void {
    const mean = this.holdSum / this.holds;
    this.columns.append([
      (this.offered - this.offeredAtStep) / stepSeconds,
      this.failed - this.failedAtStep,
      mean / 10,
      Math.max(0, this.holdSquares / this.holds / (mean * mean) - 1),
    ]);
    this.offeredAtStep = this.offered;
    this.failedAtStep = this.failed;
    this.holds = 0;
    this.holdSum = 0;
    this.holdSquares = 0;
  }
}
