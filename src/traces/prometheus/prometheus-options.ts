import type { GapPolicy, TraceUnit } from '../trace.js';

/** How the answer of a range query is to be read; whatever is left out is recognised and recorded in the trace's notes. */
export interface PrometheusTraceOptions {
  /** What the trace is called; the path by default. */
  readonly name?: string;
  /** Labels that a series must have; those that have them are added up. All by default. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether values only ever grow and are to be read as rates; told by name and course by default. */
  readonly counter?: boolean;
  readonly unit?: TraceUnit;
  /** Length of a bin; the step of the query by default. */
  readonly binMicros?: number;
  /** `interpolate` by default. */
  readonly gaps?: GapPolicy;
}
