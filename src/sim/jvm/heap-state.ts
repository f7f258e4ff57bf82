/** What of a container's JVM others can see. */
export interface HeapState {
  /** Its heap and all its other regions, in MiB: from its start until it is started anew. */
  readonly committedMiB: number;
  readonly nonHeapMiB: number;
  /** What was reachable at the newest collection of the whole heap; NaN before the first. */
  readonly liveMiB: number;
  /** How fast objects have grown old between the two newest of them, in MiB a second; NaN before the first. */
  readonly fillMiBPerSecond: number;
  /** Its container has ended. */
  end(): void;
}
