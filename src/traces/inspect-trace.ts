import { findPeriods } from './find-periods.js';
import type { Period } from './find-periods.js';
import { isoTime } from './iso-time.js';
import type { RecordedRequests } from './service-time-fit.js';
import { sparkline } from './sparkline.js';
import type { Trace, TraceUnit } from './trace.js';
import { worstGrowth } from './worst-growth.js';

/** What `hindcast trace inspect --json` says of a trace. Values are in the trace's own unit. */
export interface TraceInspection {
  readonly name: string;
  readonly unit: TraceUnit;
  /** Rows of the file, before gaps were filled. */
  readonly rows: number;
  /** Start of the first bin and end of the last, ISO 8601 in UTC; null where the recording has no date. */
  readonly start: string | null;
  readonly end: string | null;
  readonly lengthSeconds: number;
  readonly stepSeconds: number;
  readonly gaps: number;
  readonly repaired: number;
  readonly mean: number;
  /** Linear between order statistics, over bins. */
  readonly p99: number;
  readonly max: number;
  /** Null where the mean is 0, as is `cv`. */
  readonly peakToMean: number | null;
  /** Standard deviation over mean. */
  readonly cv: number | null;
  /** Largest growth within five and thirty minutes, as a factor; null where bins are longer. */
  readonly worstGrowth: { readonly m5: number | null; readonly m30: number | null };
  readonly periods: readonly Period[];
  /** Service time and size of responses; null where the file holds only counts. */
  readonly recorded: RecordedRequests | null;
  readonly sparkline: string;
  readonly sha256: string;
  readonly notes: readonly string[];
}

/** Describes a trace: its extent, what was repaired, its level, bursts and rhythms. O(n log n). */
export function inspectTrace(trace: Trace): TraceInspection {
  const { values } = trace;
  const stepSeconds = trace.binMicros / 1e6;
  const lengthMicros = values.length * trace.binMicros;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const sorted = Float64Array.from(values).sort();
  const max = sorted[sorted.length - 1];
  const startEpoch = trace.startEpochMicros;
  return {
    name: trace.name,
    unit: trace.unit,
    rows: trace.rows,
    start: startEpoch === null ? null : isoTime(startEpoch),
    end: startEpoch === null ? null : isoTime(startEpoch + lengthMicros),
    lengthSeconds: lengthMicros / 1e6,
    stepSeconds,
    gaps: trace.gaps,
    repaired: trace.repaired,
    mean,
    p99: quantile(sorted, 0.99),
    max,
    peakToMean: mean === 0 ? null : max / mean,
    cv: mean === 0 ? null : Math.sqrt(variance) / Math.abs(mean),
    worstGrowth: { m5: worstGrowth(values, stepSeconds, 300), m30: worstGrowth(values, stepSeconds, 1800) },
    periods: findPeriods(values, stepSeconds),
    recorded: trace.recorded ?? null,
    sparkline: sparkline(values),
    sha256: trace.sha256,
    notes: trace.notes,
  };
}

function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
