import type { PodSpec } from '../../domain/world-spec.js';
import type { StationBoard } from './station-board.js';
import type { Visits } from './visits.js';
import type { WorkSums } from './work-sums.js';

/**
 * A place that serves visits: the process of one pod, or a dependency.
 *
 * Completion is lazy: nothing happens at the instant of a completion until somebody calls `settle`, unless the station is indexed by
 * its entry in the board's `nextAt`. Either way the same visits complete at the same instants; only the order between stations differs.
 * Everything happens at the board's present instant, which never decreases; a station is settled before anything else is asked of it.
 */
export interface Station {
  /** Position among all stations of the run. */
  readonly index: number;
  /** Visits waiting for a worker. */
  readonly queued: number;
  /** What would become of a visit that came now. */
  readonly prospect: 'served' | 'waiting' | 'refused';
  /** Visits waiting who began to wait no later than `since`. */
  aheadOf(since: number): number;
  /** When, as things stand, it would be the turn of somebody who began to wait at `since`; Infinity where that cannot be told. */
  turnAt(since: number): number;
  /** Since when the one at the head of the waiting line has been waiting; Infinity where nobody does. */
  readonly waitingSince: number;
  /** Completes everything due up to and including the present instant. */
  settle(): void;
  /** Takes a visit; false when its waiting line is full. */
  offer(visit: number): boolean;
  /** A visit that was held lets its worker go. */
  letGo(visit: number): void;
  /** Takes a visit out, waiting, served or holding, without completing it; its `CPU` is what it has had of it. */
  withdraw(visit: number): void;
  /** Takes all visits out likewise and returns them, in no particular order. */
  clear(): number[];
  /** CPU time used so far, in microseconds. */
  cpuMicros(): number;
  /** Worker time of the visits that have left (core time used so far where visits share cores), in microseconds. */
  servedMicros(): number;
  /** Its pod has other CPU requests and limits from now on: what is being served goes on at the new pace. Absent where that changes nothing. */
  resupply?(pod: PodSpec): void;
  /**
   * A thread begins to run that serves no visit, takes no worker and needs so much CPU time, in microseconds; `done` hears when it has had it, unless
   * the station is cleared before. Absent where threads do not share CPU.
   */
  errand?(cpuMicros: number, done: (at: number) => void): void;
  /** Loses a share of its workers or cores; what is being served goes on. */
  loseCapacity(share: number): void;
  /** Service begun from now on takes `factor` times as long, here and at the other stations of its front. */
  slow(factor: number): void;
}

/** Is told of completions. */
export interface CompletionSink {
  /**
   * A visit's own work at a station is done; the instant is in the visit's `endsAt`, and may be earlier than the present one.
   * Returns true when its worker stays held because calls follow; otherwise the visit is the sink's to release.
   */
  completed(visit: number, station: number): boolean;
}

/** What makes a station. */
export interface StationConfig {
  /** Visits served at once, and how many may wait; Infinity means no limit. */
  readonly concurrency: number;
  readonly queueLimit: number;
}

/** What a station has used so far, two reals. CPU time of visits that have left, in microseconds. */
export const CPU_TIME = 0;
/** Worker time of visits that have left, in microseconds. */
export const WORKER_TIME = 1;

/** What a station works with. */
export interface StationContext {
  readonly board: StationBoard;
  readonly visits: Visits;
  /** What the stations of its front have done: it adds to it. */
  readonly work: WorkSums;
  readonly sink: CompletionSink;
}
