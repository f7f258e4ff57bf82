import { type ColumnTable, op, table } from 'arquero';
import type { RunSeries } from '../../domain/run-result.js';
import type { ChartPlan, LinePlan } from './chart-plan.js';
import { type ThinLine, thin } from './thin.js';

/** The points that a chart draws: `line` (its name), `seconds` since the start of the run, `value`, `low` and `high` of the bucket (null where the line breaks). */
export function chartPoints(plan: ChartPlan, series: RunSeries): ColumnTable {
  const thinned = plan.lines.map((line) => ({ name: line.name, points: drawable(plan, line, series) }));
  const column = (key: keyof ThinLine): (number | null)[] => thinned.flatMap(({ points }) => points[key]);
  return table({
    line: thinned.flatMap(({ name, points }) => points.seconds.map(() => name)),
    seconds: column('seconds'),
    value: column('value'),
    low: column('low'),
    high: column('high'),
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

/** The smallest and largest value that a chart draws, or null where it draws none. */
export function chartExtent(points: ColumnTable): { readonly low: number; readonly high: number } | null {
  const extent = points.rollup({ low: op.min('low'), high: op.max('high') });
  const low: unknown = extent.get('low', 0);
  const high: unknown = extent.get('high', 0);
  return typeof low === 'number' && typeof high === 'number' ? { low, high } : null;
}

/** Zero has no logarithm: on such an axis it is a break like any other missing value. */
function drawable(plan: ChartPlan, line: LinePlan, series: RunSeries): ThinLine {
  const values = plan.scale === 'log' ? line.values.map((value) => (value > 0 ? value : NaN)) : line.values;
  return thin(series.startSeconds, values, line.shape);
}
