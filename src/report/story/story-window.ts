import type { RunReport, RunSeries } from '../../domain/run-result.js';
import type { WorstMinutes } from '../../domain/worst-minutes.js';
import { entitiesOf, peakOf, seriesColumn } from '../charts/series-column.js';

/** Before the worst minutes, this long belongs to their story; nothing of the warm-up does. */
export const LEAD_SECONDS = 300;

/** The part of a run that a story is told of, and the workload it is about. */
export interface StoryWindow {
  readonly report: RunReport;
  readonly worst: WorstMinutes;
  /** The one that is named as the bottleneck, else the one that was shortest of pods; never one without load, unless none had any. */
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
  if (worst === null) return null;
  const rowAt = (seconds: number): number => {
    const row = series.startSeconds.findIndex((start) => start + series.stepSeconds > seconds);
    return row < 0 ? series.steps : row;
  };
  const from = rowAt(worst.fromSeconds);
  const to = Math.max(from + 1, rowAt(worst.toSeconds - 1e-6) + 1);
  const lead = rowAt(Math.max(0, worst.fromSeconds - LEAD_SECONDS));
  const workload = protagonist(series, bottleneck.name, lead, to);
  return workload === null ? null : { report, worst, workload, lead, from, to };
}

/** Whose story it is: of the workloads that had load, the bottleneck, else the one with the largest part of the pods that it needed missing. */
function protagonist(series: RunSeries, bottleneck: string, from: number, to: number): string | null {
  const all = entitiesOf(series, 'workload').map((table) => {
    const peak = (column: string): number => peakOf(seriesColumn(series, table, column).subarray(from, to));
    const [needed, ready] = ['demandPods', 'readyPods'].map((name) => seriesColumn(series, table, name));
    const tightness = needed.subarray(from, to).map((pods, i) => pods / Math.max(1, ready[from + i]));
    return { name: table.entity, load: peak('offeredPerSecond'), tightness: peakOf(tightness) };
  });
  const loaded = all.filter(({ load }) => load > 0);
  const named = loaded.find(({ name }) => name === bottleneck);
  const [tightest] = [...loaded].sort((a, b) => b.tightness - a.tightness || b.load - a.load);
  return named?.name ?? tightest?.name ?? all.at(0)?.name ?? null;
}

/** Share of what was offered in the worst minutes that missed the objective; more than 1 where what had queued came to its end in them. */
export function missedShare({ worst }: StoryWindow): number {
  return worst.offered === 0 ? 0 : worst.violated / worst.offered;
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
