/** What the JVMs of a workload came to. */
export interface JvmResult {
  /** Share of the time of running containers for which their programs stood still; null where none ran. */
  readonly pausedShare: number | null;
  /** CPU of collecting, in core-hours. */
  readonly collectCoreHours: number;
  readonly youngCollections: number;
  readonly fullCollections: number;
  /** Exits with an OutOfMemoryError. */
  readonly outOfMemory: number;
  /** Containers whose JVM did not start. */
  readonly failedStarts: number;
  /** Why the last of those did not; empty where there was none. */
  readonly failedStart: string;
}
