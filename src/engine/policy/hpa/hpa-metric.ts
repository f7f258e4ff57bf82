/** A resource with a metrics pipeline of its own in Kubernetes. */
export type ResourceName = 'cpu' | 'memory';

/**
 * What a metric is to be kept at. `percent` is whole percent of the request; `milli` are thousandths of the metric's own
 * unit: of a core, of a byte, of one request per second.
 */
export type MetricTarget =
  | { readonly type: 'utilization'; readonly percent: number }
  | { readonly type: 'averageValue'; readonly milli: number }
  | { readonly type: 'value'; readonly milli: number }
  /** A manifest that gives no target at all. */
  | { readonly type: 'unset' };

/** A resource summed over a pod's containers (Resource), or of one container (ContainerResource) where `container` is set. */
export interface ResourceMetric {
  readonly kind: 'resource';
  readonly resource: ResourceName;
  readonly container: string | null;
  readonly target: MetricTarget;
}

/** A metric with a name: one value a pod (`pods`), one value altogether (`object`) or values that are summed (`external`). */
export interface NamedMetric {
  readonly kind: 'pods' | 'object' | 'external';
  readonly metric: string;
  /** Of kind `object`: name of the object that the value describes; absent where one object only is known. */
  readonly describedObject?: string;
  readonly target: MetricTarget;
}

/** A kind of source that a manifest names and these semantics do not know. */
export interface UnknownMetric {
  readonly kind: 'unknown';
  readonly type: string;
}

/** One entry of `spec.metrics`. */
export type HpaMetric = ResourceMetric | NamedMetric | UnknownMetric;

/** How a metric is called in explanations: 'cpu', 'cpu/sidecar', 'external/queue_length', 'object/web/requests_per_second'. */
export function metricName(metric: HpaMetric): string {
  if (metric.kind === 'unknown') return metric.type;
  if (metric.kind !== 'resource') {
    const { kind, describedObject, metric: name } = metric;
    return describedObject === undefined ? `${kind}/${name}` : `${kind}/${describedObject}/${name}`;
  }
  return metric.container === null ? metric.resource : `${metric.resource}/${metric.container}`;
}
