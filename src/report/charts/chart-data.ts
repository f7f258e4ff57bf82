import { type ColumnTable, agg, op, table } from 'arquero';
import type { RunSeries } from '../../domain/run-result.js';
import type { ChartPlan, LinePlan } from './chart-plan.js';
import { type Points, thin } from './thin.js';

/** The points that a chart draws: `line` (its name), `seconds` since the start of the run, `value` (null where the line breaks). */
export function chartPoints(plan: ChartPlan, series: RunSeries): ColumnTable {
  const thinned = plan.lines.map((line) => ({ name: line.name, points: drawable(plan, line, series) }));
  return table({
    line: thinned.flatMap(({ name, points }) => points.seconds.map(() => name)),
    seconds: thinned.flatMap(({ points }) => points.seconds),
    value: thinned.flatMap(({ points }) => points.values),
  });
}

/** Smallest, mean and largest value of each line after the warm-up, over every step: a table that says what the chart shows to those who cannot see it. */
export function chartSummary(plan: ChartPlan, series: RunSeries): ColumnTable {
  const first = series.startSeconds.findIndex((start) => start >= 0);
  const counted = plan.lines.map(({ name, values }) => ({
    name,
    values: [...values.subarray(Math.max(0, first))].filter(Number.isFinite),
  }));
  const tidy = table({
    line: counted.flatMap(({ name, values }) => values.map(() => name)),
    value: counted.flatMap(({ values }) => values),
  });
  const empty = counted.filter(({ values }) => values.length === 0).map(({ name }) => ({ line: name }));
  const summary = tidy.groupby('line').rollup({ min: op.min('value'), mean: op.mean('value'), max: op.max('value') });
  return empty.length === 0 ? summary : summary.concat(table({ line: empty.map(({ line }) => line) }));
}

/** The largest value that the chart draws, 0 where it draws none. */
export function chartPeak(points: ColumnTable): number {
  return points.numRows() === 0 ? 0 : Number(agg(points, op.max('value')) ?? 0);
}

/** Zero has no logarithm: on such an axis it is a break like any other missing value. */
function drawable(plan: ChartPlan, line: LinePlan, series: RunSeries): Points {
  const values = plan.scale === 'log' ? line.values.map((value) => (value > 0 ? value : NaN)) : line.values;
  return thin(series.startSeconds, values);
}
