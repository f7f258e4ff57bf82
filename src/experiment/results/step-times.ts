import type { Measurement } from '../../domain/measurement.js';
import type { RunSeries, SeriesTable } from '../../domain/run-result.js';

/** The rows of a series as stretches of time. */
export interface StepTimes {
  /** First row after the warm-up. */
  readonly first: number;
  readonly count: number;
  /** Start and length of every row, in seconds; rows at the ends may be shorter than the others. */
  readonly startSeconds: Float64Array;
  readonly lengthSeconds: Float64Array;
}

/** Reads the times of the rows of a measurement. */
export function stepTimes({ series, toMicros }: Measurement): StepTimes {
  const { startSeconds, steps } = series;
  const end = toMicros / 1e6;
  const lengthSeconds = startSeconds.map((start, i) => (i + 1 < steps ? startSeconds[i + 1] : end) - start);
  const first = startSeconds.findIndex((start) => start >= 0);
  return { first: first < 0 ? steps : first, count: steps, startSeconds, lengthSeconds };
}

/** The table of an entity. */
export function tableOf(series: RunSeries, kind: SeriesTable['kind'], entity: string): SeriesTable | undefined {
  return series.tables.find((table) => table.kind === kind && (kind === 'service' || table.entity === entity));
}

/** A column of a table; all NaN where it is missing, so that a result says null instead of a made-up number. */
export function columnOf(series: RunSeries, kind: SeriesTable['kind'], entity: string, name: string): Float64Array {
  return tableOf(series, kind, entity)?.columns[name] ?? new Float64Array(series.steps).fill(NaN);
}

/** Sum over the rows after the warm-up of value times length in seconds; rows without a value count as 0. */
export function integral(times: StepTimes, column: Float64Array): number {
  let sum = 0;
  for (let i = times.first; i < times.count; i += 1) {
    if (Number.isFinite(column[i])) sum += column[i] * times.lengthSeconds[i];
  }
  return sum;
}
