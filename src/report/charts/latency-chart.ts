import type { RunReport } from '../../domain/run-result.js';
import { formatMilliseconds } from '../../domain/number-format.js';
import type { ChartPlan } from './chart-plan.js';
import { entitiesOf, peakOf, seriesColumn } from './series-column.js';

/** From this ratio of the largest to the smallest latency on, a linear axis would flatten everything but the worst minutes. */
const LOG_FROM_RATIO = 30;

/** Latency quantiles of the whole service against the objective; on a logarithmic axis where they span more than a factor of 30. */
export function latencyChart({ series, result }: RunReport): ChartPlan {
  const service = entitiesOf(series, 'service')[0];
  const [p50, p95, p99] = ['p50Ms', 'p95Ms', 'p99Ms'].map((column) => seriesColumn(series, service, column));
  const objective = result.slo.latencyMs;
  const lowest = p50.reduce((low, value) => (value > 0 && value < low ? value : low), objective);
  const wide = Math.max(peakOf(p99), objective) / lowest > LOG_FROM_RATIO;
  return {
    id: 'latency',
    title: 'Latency of served requests',
    lookAt: `Above the line of the objective (${formatMilliseconds(objective)}) users wait too long; p99 leaves it first, p50 only when capacity is really short.`,
    unit: 'milliseconds',
    axis: wide ? 'latency (log scale)' : 'latency',
    scale: wide ? 'log' : 'linear',
    lines: [
      { name: 'p50', colour: 'low', dash: 'dotted', shape: 'linear', values: p50 },
      { name: 'p95', colour: 'middle', dash: 'dashed', shape: 'linear', values: p95 },
      { name: 'p99', colour: 'high', dash: 'solid', shape: 'linear', values: p99 },
    ],
    references: [{ label: `objective ${formatMilliseconds(objective)}`, value: objective }],
    events: [],
  };
}
