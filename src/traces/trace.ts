import type { RecordedRequests } from './service-time-fit.js';

/**
 * What a value of a trace counts: `requests` in the bin, `requests/s` on average over the bin, or the `level` of something that is
 * not traffic (a gauge, as percent of CPU), which can be inspected and forecast but not replayed.
 */
export type TraceUnit = 'requests' | 'requests/s' | 'level';

/** What stands in a bin that the recording lacks: nothing, the last value before, or the line between its neighbours. */
export type GapPolicy = 'zero' | 'hold' | 'interpolate' | 'error';

/**
 * A recorded series in regular bins.
 *
 * `values[i]` belongs to [timesMicros[i], timesMicros[i] + binMicros); times count from the start of the trace, so that
 * `timesMicros[i]` is `i * binMicros`. Values are finite, and not negative unless the unit is `level`.
 */
export interface Trace {
  /** The file or catalogue name, as errors and reports show it. */
  readonly name: string;
  /** Start of the first bin, microseconds since 1970-01-01T00:00Z; null where the recording counts from its own start. */
  readonly startEpochMicros: number | null;
  readonly binMicros: number;
  readonly timesMicros: Float64Array;
  readonly values: Float64Array;
  readonly unit: TraceUnit;
  /** Rows of data read, before any gap was filled. */
  readonly rows: number;
  /** Runs of missing bins. */
  readonly gaps: number;
  /** Missing bins filled by the gap policy. */
  readonly repaired: number;
  /** What was assumed while reading, one sentence each. */
  readonly notes: readonly string[];
  /** Those of the notes that say that something was not taken as it stands, as broken lines; absent where nothing can be. */
  readonly doubts?: readonly string[];
  /** SHA-256 of the file's bytes as they lie on disk, in hexadecimal. */
  readonly sha256: string;
  /** What a recording of single requests tells beside their number; absent where it holds only counts. */
  readonly recorded?: RecordedRequests;
}
