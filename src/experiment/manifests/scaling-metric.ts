import type { Path } from '../scenario/tree.js';

/** What an autoscaler keeps a metric at. */
export type ScalingTarget =
  | { readonly type: 'Utilization'; readonly percent: number }
  | { readonly type: 'AverageValue' | 'Value'; readonly amount: number };

/** A metric of an autoscaler, in whatever way it was written. */
export interface ScalingMetric {
  readonly source: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  /** The resource, or the name of the metric; for a trigger of KEDA its type and query. */
  readonly name: string;
  /** Of a ContainerResource. */
  readonly container: string | null;
  readonly target: ScalingTarget;
  /** Where it stands in its manifest. */
  readonly path: Path;
  /** As comments call it: `Pods metric http_requests, averageValue 100`. */
  readonly words: string;
}
