/** Least target that Knative works with. */
const LEAST_TARGET = 0.01;

/** What a user says about the load of one pod. */
export interface WrittenTarget {
  readonly metric: 'concurrency' | 'rps';
  /** What a pod can take; null takes the default of the metric. */
  readonly target: number | null;
  /** Share of it that a pod is to be kept at. */
  readonly utilization: number;
  /** Requests that a pod takes at once, a hard limit; 0 for none. */
  readonly containerConcurrency: number;
}

/** Knative's defaults: 100 requests at once, 200 a second. */
const defaults = { concurrency: 100, rps: 200 } as const;

/**
 * What a pod is to be kept at (`target`) and what it can take (`total`).
 *
 * Concurrency is never aimed at beyond the hard limit. Source: knative/serving pkg/reconciler/autoscaling/resources, ResolveMetricTarget.
 */
export function metricTarget({ metric, target, utilization, containerConcurrency }: WrittenTarget): {
  readonly target: number;
  readonly total: number;
} {
  const limit = metric === 'concurrency' && containerConcurrency > 0 ? containerConcurrency : null;
  const wished = target ?? limit ?? defaults[metric];
  const total = limit === null ? wished : Math.min(wished, limit);
  return { target: Math.max(LEAST_TARGET, total * utilization), total };
}
