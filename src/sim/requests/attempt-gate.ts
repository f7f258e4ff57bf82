import type { Outcome } from './outcome.js';
import type { StepColumns } from './step-columns.js';

/**
 * What stands between attempts and the stations of a front where its balancer does more than choose, or its pods refuse by more than the
 * length of their queue. It hears of every attempt; a front that has none pays nothing for it.
 */
export interface AttemptGate {
  readonly columns: StepColumns;
  /** Why the last choice found no station. */
  readonly refusal: Outcome;
  /** How often a choice may be made again for an attempt that is to go elsewhere. */
  readonly rePicks: number;
  /** The next choice is for a first attempt, or for a retry. */
  expect(retry: boolean): void;
  /** Another choice of the balancer that made the last one. */
  again(ordinal: number, salt: number, caller: number): number;
  /** Why a pod that listens refuses an attempt at its door; `served` where it does not. */
  refusalAt(station: number, ordinal: number, salt: number): Outcome;
  /** The attempt of the last choice is on board. */
  boarded(visit: number, station: number, retry: boolean): void;
  /** The attempt of the last choice was refused by a station. */
  refused(station: number, outcome: Outcome): void;
  /** A visit on board leaves; `UNSEEN` where nobody hears how it ended. */
  left(visit: number, station: number, outcome: Outcome | typeof UNSEEN): void;
  /** The client of a visit has given up; the visit leaves later. */
  timedOut(visit: number, station: number): void;
  /** Appends a row to the columns. */
  closeStep(): void;
}

/** Stands for the outcome of a visit that nobody waits for any more. */
export const UNSEEN = -1;
