/** The samples of one series in a window, oldest first, at least one. */
export interface WindowSamples {
  /** In microseconds. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** The window: (startMicros, endMicros]. */
  readonly startMicros: number;
  readonly endMicros: number;
}

/** What a function makes of a window; null where it has too few samples to say. */
export type WindowFunction = (samples: WindowSamples, parameter: number) => number | null;
