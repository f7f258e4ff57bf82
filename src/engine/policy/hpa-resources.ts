import type { Resource } from '../ports.js';
import type { HpaMetric } from './hpa/hpa-metric.js';

/** What of the pods some metrics are about. */
export function hpaResources(metrics: readonly HpaMetric[]): readonly Resource[] {
  return metrics.flatMap((metric) => (metric.kind === 'resource' ? [metric.resource] : []));
}
