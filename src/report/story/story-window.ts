import type { RunReport } from '../../domain/run-result.js';
import type { WorstMinutes } from '../../domain/worst-minutes.js';
import { entitiesOf, seriesColumn } from '../charts/series-column.js';

/** Before the worst minutes, this long belongs to their story. */
const LEAD_SECONDS = 300;

/** The part of a run that a story is told of, and the workload it is about. */
export interface StoryWindow {
  readonly report: RunReport;
  readonly worst: WorstMinutes;
  /** The one that was short of pods; the first where none was. */
  readonly workload: string;
  /** Rows of the lead and of the worst minutes themselves. */
  readonly lead: number;
  readonly from: number;
  /** One after the last row. */
  readonly to: number;
}

/** The window of the worst five minutes; null for a run in which every request met the objective. */
export function storyWindow(report: RunReport): StoryWindow | null {
  const { result, series } = report;
  const { worst, bottleneck } = result;
  const known = entitiesOf(series, 'workload').map(({ entity }) => entity);
  const workload = known.find((name) => name === bottleneck.name) ?? known.at(0);
  if (worst === null || workload === undefined) return null;
  const rowAt = (seconds: number): number => {
    const row = series.startSeconds.findIndex((start) => start + series.stepSeconds > seconds);
    return row < 0 ? series.steps : row;
  };
  const from = rowAt(worst.fromSeconds);
  const to = Math.max(from + 1, rowAt(worst.toSeconds - 1e-6) + 1);
  return { report, worst, workload, lead: rowAt(worst.fromSeconds - LEAD_SECONDS), from, to };
}

/** A column of the story's workload. */
export function workloadColumn({ report, workload }: StoryWindow, column: string): Float64Array {
  const table = entitiesOf(report.series, 'workload').find(({ entity }) => entity === workload);
  return seriesColumn(report.series, table, column);
}

/** A column of the service as a whole. */
export function serviceColumn({ report }: StoryWindow, column: string): Float64Array {
  return seriesColumn(report.series, entitiesOf(report.series, 'service').at(0), column);
}

/** The row in [from, to) with the largest finite value, or null where there is none. */
export function peakRow(column: Float64Array, from: number, to: number): number | null {
  let best: number | null = null;
  for (let i = from; i < to; i += 1) {
    if (Number.isFinite(column[i]) && (best === null || column[i] > column[best])) best = i;
  }
  return best;
}
