import type { MetricReading } from '../../../domain/decision.js';
import type { TrackedMetric } from './tracked-metric.js';

/** Shows a tracked metric in the unit in which people think of it. */
export function trackedReading(
  metric: TrackedMetric,
  value: number | string,
  level: number,
  proposal: number,
): MetricReading {
  const share = metric.kind === 'utilization';
  const known = typeof value === 'number';
  const scale = share ? 100 : 1;
  return {
    name: share ? metric.resource : `${metric.perPod ? 'pod' : 'workload'}/${metric.metric}`,
    value: known ? value * scale : null,
    target: level * scale,
    unit: share ? '%' : metric.metric.endsWith('_per_second') ? '/s' : '',
    proposal: known ? proposal : null,
    invalid: known ? null : value,
  };
}
