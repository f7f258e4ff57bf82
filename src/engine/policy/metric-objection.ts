import { closest } from '../../domain/did-you-mean.js';
import { workloadMetrics } from '../../domain/workload-metrics.js';
import type { ConfigPlace, Objection } from '../ports.js';

/** What may be named. */
export type MetricUse = 'workload' | 'pods';

/** Metrics that only a workload with a queue has. */
const ofQueue: ReadonlySet<string> = new Set(['queue_messages', 'queue_age_seconds', 'published_per_second']);

/**
 * What is wrong with naming a metric of a workload as a whole, or of its pods: one that there is not, or one of a queue where the workload
 * itself has none. Null where nothing is.
 */
export function metricObjection(
  metric: string,
  { workload, metricsOf }: ConfigPlace,
  about: { readonly of: string; readonly use: MetricUse; readonly path: Objection['path'] },
): Objection | null {
  const { of, use, path } = about;
  const known = [...(use === 'pods' ? ['in_flight'] : workloadMetrics), ...(metricsOf?.(of) ?? [])];
  if (!known.includes(metric)) {
    const meant = closest(metric, known);
    return {
      path,
      problem: `must be a metric of ${of}, was ${JSON.stringify(metric)}`,
      hint:
        meant === null
          ? `Known are ${known.join(', ')}; give it an expression under metrics.`
          : `Did you mean ${meant}?`,
    };
  }
  if (of !== workload.name || workload.queue !== undefined || !ofQueue.has(metric)) return null;
  return {
    path,
    problem: `must not be ${metric}, since ${of} consumes no queue`,
    hint: 'Say which queue with consumes, or scale by another metric.',
  };
}
