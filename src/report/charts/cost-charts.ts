import type { RunReport, RunSeries } from '../../domain/run-result.js';
import type { ChartPlan, LinePlan } from './chart-plan.js';
import { entitiesOf, seriesColumn } from './series-column.js';

const BASELINE_NAMES: Readonly<Record<string, string>> = { fixedAtPeak: 'fixed at peak' };
const BASELINES_DRAWN = 3;

/** A baseline's key in words: `fixedAtPeak` is `fixed at peak`. */
export function baselineName(key: string): string {
  return Object.hasOwn(BASELINE_NAMES, key)
    ? BASELINE_NAMES[key]
    : key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

/** Money spent since the warm-up, against what the baselines would have spent; and the rate at which it was spent. */
export function costCharts(report: RunReport): readonly ChartPlan[] {
  const { series } = report;
  const rate = seriesColumn(series, entitiesOf(series, 'service')[0], 'costPerHour');
  const spent: LinePlan = {
    name: 'spent',
    colour: 'cost',
    dash: 'solid',
    shape: 'linear',
    values: accumulated(series, rate),
  };
  return [
    {
      id: 'cost-total',
      title: 'Cost so far',
      lookAt: 'The gap to a broken line is what the autoscaler saved, or wasted, against doing it the other way.',
      unit: 'usd',
      axis: 'US dollars',
      scale: 'linear',
      lines: [spent, ...baselineLines(report)],
      references: [],
      events: [],
    },
    {
      id: 'cost-rate',
      title: 'Cost rate',
      lookAt: 'It should follow the load; a rate that stays up after the load has gone is scale-down being slow.',
      unit: 'usdPerHour',
      axis: 'US dollars per hour',
      scale: 'linear',
      lines: [{ name: 'cost rate', colour: 'cost', dash: 'solid', shape: 'step', values: rate }],
      references: [],
      events: [],
    },
  ];
}

/** Sum of rate x time up to the end of each step; nothing is counted during the warm-up. */
function accumulated(series: RunSeries, rate: Float64Array): Float64Array {
  let total = 0;
  return rate.map((perHour, index) => {
    if (series.startSeconds[index] < 0) return NaN;
    total += Number.isFinite(perHour) ? (perHour * series.stepSeconds) / 3600 : 0;
    return total;
  });
}

function baselineLines({ result, series }: RunReport): readonly LinePlan[] {
  const looks = [
    { colour: 'muted', dash: 'dashed' },
    { colour: 'other1', dash: 'dotted' },
    { colour: 'other4', dash: 'dotted' },
  ] as const;
  return Object.entries(result.cost.baselines)
    .slice(0, BASELINES_DRAWN)
    .map(([key, total], index) => ({
      name: baselineName(key),
      ...looks[index],
      shape: 'linear',
      values: series.startSeconds.map((start) =>
        start < 0
          ? NaN
          : (total * Math.min(result.durationSeconds, start + series.stepSeconds)) / result.durationSeconds,
      ),
    }));
}
