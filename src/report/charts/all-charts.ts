import type { RunReport, RunSeries, SeriesTable } from '../../domain/run-result.js';
import { balanceCharts } from './balance-charts.js';
import type { ChartPlan } from './chart-plan.js';
import { costCharts } from './cost-charts.js';
import { errorsChart } from './errors-chart.js';
import { gcChart } from './gc-chart.js';
import { jobCharts } from './job-charts.js';
import { latencyChart } from './latency-chart.js';
import { loadChart } from './load-chart.js';
import { nodesChart } from './nodes-chart.js';
import { podsChart } from './pods-chart.js';
import { queueChart } from './queue-chart.js';
import { entitiesOf, peakOf, seriesColumn } from './series-column.js';
import { utilisationChart } from './utilisation-chart.js';
import { verticalCharts } from './vertical-charts.js';

/** The page draws this many workloads of their own; the rest are in series.parquet, and the page says so. */
export const WORKLOADS_DRAWN = 8;

/** Workloads in the order of the run, those without any load last. */
function busyFirst(series: RunSeries): readonly SeriesTable[] {
  const isIdle = (table: SeriesTable): boolean => peakOf(seriesColumn(series, table, 'offeredPerSecond')) === 0;
  const all = entitiesOf(series, 'workload');
  return [...all.filter((table) => !isIdle(table)), ...all.filter(isIdle)];
}

/** Whether a chart would show nothing: every line is 0 or without a value all the time. */
export function isFlat({ lines }: ChartPlan): boolean {
  return lines.every(({ values }) => values.every((value) => !(Math.abs(value) > 0)));
}

/** Whether a chart would show one number: its only line never changes. */
export function isConstant({ lines, events }: ChartPlan): boolean {
  if (lines.length !== 1 || events.length > 0) return false;
  const [first, ...others] = new Set(lines[0].values.filter(Number.isFinite));
  return first !== undefined && others.length === 0;
}

/** Every chart of a report in reading order: load, pods, requests and shares of each workload, machines of each pool that changes, then latency, errors, utilisation, queues, garbage collection, jobs and cost. */
export function allCharts(report: RunReport): readonly ChartPlan[] {
  const { series } = report;
  const ofWorkloads = busyFirst(series)
    .slice(0, WORKLOADS_DRAWN)
    .flatMap((workload, index) => [
      loadChart(report, workload, `load-${index + 1}`),
      podsChart(series, workload, `pods-${index + 1}`),
      ...balanceCharts(report, workload, index + 1),
      ...verticalCharts(report, workload, index + 1),
    ]);
  const ofPools = entitiesOf(series, 'pool')
    .slice(0, WORKLOADS_DRAWN)
    .map((pool, index) => nodesChart(report, pool, `nodes-${index + 1}`));
  return [
    ...ofWorkloads,
    ...ofPools,
    latencyChart(report),
    errorsChart(series),
    utilisationChart(series),
    queueChart(series),
    gcChart(series),
    ...jobCharts(report),
    ...costCharts(report),
  ].filter(({ lines }) => lines.length > 0);
}
