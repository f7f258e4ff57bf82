import type { Outcome } from './outcome.js';
import type { StepColumns } from './step-columns.js';

/**
 * What stands between attempts and the stations of a front where its balancer does more than choose, or its pods refuse by more than the
 * length of their queue. It hears of every attempt; a front that has none pays nothing for it.
 *
 * Where messages take no time, it is told by `boarded`, `refused`, `timedOut` and `left` as things happen. Over a network, what happens at
 * pods (`left`) sets out for the balancer as word of it, and what balancers know goes by `sent`, `over` and `learned`.
 */
export interface AttemptGate extends BalancerBooks {
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
  /** A visit on board leaves; `seen` where somebody hears how it ended. */
  left(visit: number, station: number, outcome: Outcome, seen: boolean): void;
  /** The client of a visit has given up; the visit leaves later. */
  timedOut(visit: number, station: number): void;
  /** Appends a row to the columns. */
  closeStep(): void;
}

/** What the balancers of a front keep of attempts in flight, and of how they went. */
export interface BalancerBooks {
  /** The attempt of the last choice is in flight under a key of its own. Returns the position of the balancer it went through. */
  sent(key: number, station: number, retry: boolean): number;
  /** It is not any more; `counts` where it has been on board, so that its time says something of the pod. */
  over(key: number, balancer: number, station: number, retry: boolean, counts: boolean): void;
  /** A balancer learns how an attempt went. */
  learned(balancer: number, station: number, outcome: Outcome): void;
}
