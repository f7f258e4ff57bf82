import type { GapPolicy, TraceUnit } from './trace.js';

/** Unit of timestamps written as plain numbers. */
export type EpochUnit = 's' | 'ms' | 'us' | 'ns';

/** How a CSV trace is to be understood; whatever is left out is recognised from the file and recorded in the trace's notes. */
export interface CsvTraceOptions {
  /** What the trace is called; the path by default. */
  readonly name?: string;
  /** Columns by name (letters without case) or by number, counted from 1. */
  readonly columns?: { readonly time?: string | number; readonly value?: string | number };
  readonly separator?: ',' | ';' | '\t';
  readonly unit?: TraceUnit;
  /** Length of a bin in microseconds; by default the median step between rows. */
  readonly binMicros?: number;
  /** `interpolate` by default. */
  readonly gaps?: GapPolicy;
  readonly timestamps?: EpochUnit;
  /** Zone of timestamps that name none, as `+02:00` or `Z`; UTC by default. */
  readonly zone?: string;
  /** Rows outside this stretch of time are passed over, microseconds since 1970; all are read by default. */
  readonly between?: { readonly fromMicros: number; readonly untilMicros: number };
}
