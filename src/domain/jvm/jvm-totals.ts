/** What the JVMs of a workload's pods have done after the warm-up. */
export interface JvmTotals {
  /** Time for which their containers ran, all added up, in microseconds. */
  readonly runMicros: number;
  /** Of it, the time for which their programs stood still for a collection. */
  readonly pausedMicros: number;
  /** CPU time of collecting, in microseconds. */
  readonly collectCpuMicros: number;
  readonly youngCollections: number;
  readonly fullCollections: number;
  /** Exits with an OutOfMemoryError. */
  readonly outOfMemory: number;
  /** Containers whose JVM did not start. */
  readonly failedStarts: number;
  /** Why the last of those did not; empty where there was none. */
  readonly failedStart: string;
}
