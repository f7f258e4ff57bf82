/**
 * A place that serves visits: the process of one pod, or a dependency.
 *
 * Completion is lazy: nothing happens at the instant of a completion until somebody calls `settle`, unless the station is indexed by
 * `nextAt`. Either way the same visits complete at the same instants; only the order between stations differs.
 * Callers keep time: `at` never decreases, and a station is settled up to `at` before anything else is asked of it.
 */
export interface Station {
  /** Position among all stations of the run. */
  readonly index: number;
  /** Instant of the next completion, or Infinity. */
  readonly nextAt: number;
  /** Visits waiting, being served, or holding a worker. */
  readonly inFlight: number;
  /** Visits waiting for a worker. */
  readonly queued: number;
  /** Completes everything due up to and including `until`. */
  settle(until: number): void;
  /** Takes a visit; false when its waiting line is full. */
  offer(visit: number, at: number): boolean;
  /** A visit that was held lets its worker go. */
  letGo(visit: number, at: number): void;
  /** Takes a visit out, waiting, served or holding, without completing it. */
  withdraw(visit: number, at: number): void;
  /** Takes all visits out and returns them, in no particular order. */
  clear(at: number): number[];
  /** CPU time used so far, in microseconds. */
  cpuMicros(at: number): number;
  /** Worker time used so far (core time under processor sharing), in microseconds. */
  busyMicros(at: number): number;
  /** Time that visits whose service has begun have waited for it, in microseconds, and how many they are. */
  readonly waitedMicros: number;
  readonly begun: number;
  /** Loses a share of its workers or cores; what is being served goes on. */
  loseCapacity(share: number, at: number): void;
  /** Service begun from now on takes `factor` times as long. */
  slow(factor: number): void;
}

/** Is told of completions. */
export interface CompletionSink {
  /** A visit's own work at the station is done. Returns true when its worker stays held because calls follow. */
  completed(visit: number, at: number, station: Station): boolean;
}

/** What makes a station. */
export interface StationConfig {
  readonly index: number;
  /** Visits served at once, and how many may wait; Infinity means no limit. */
  readonly concurrency: number;
  readonly queueLimit: number;
}
