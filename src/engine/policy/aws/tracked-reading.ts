import type { MetricReading } from '../../../domain/decision.js';
import type { Provenance } from '../provenance.js';
import type { TrackedMetric } from './tracked-metric.js';

/** What was measured of a tracked metric, or why nothing was, and where it comes from. */
export interface Measured {
  readonly value: number | string;
  readonly origin: Provenance;
}

/** Shows a tracked metric in the unit in which people think of it. */
export function trackedReading(
  metric: TrackedMetric,
  { value, origin }: Measured,
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
    unit: unitOf(metric),
    proposal: known ? proposal : null,
    invalid: known ? null : value,
    ...origin,
  };
}

function unitOf(metric: TrackedMetric): string {
  if (metric.kind === 'utilization') return '%';
  return metric.metric.endsWith('_per_second') ? '/s' : '';
}
