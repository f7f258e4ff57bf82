import type { ClusterSpec } from '../../domain/cluster-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE } from '../../kernel/timeline.js';
import type { Cluster } from '../cluster.js';
import type { DependencyPort } from '../data-plane.js';
import type { MetricPipeline } from '../metrics/metric-pipeline.js';
import type { SimContext } from '../sim-context.js';

/** What faults act upon. */
export interface FaultTargets {
  readonly context: SimContext;
  readonly cluster: Cluster;
  readonly habits: ClusterSpec;
  readonly metrics: MetricPipeline;
  readonly dependency: (name: string) => DependencyPort;
}

/** Puts an action on the agenda, in the world phase of its instant. */
export function once({ context }: FaultTargets, at: Micros, action: (now: Micros) => void): void {
  context.timeline.at(at, PHASE.world, action);
}

/** Puts the beginning (1) and the end (-1) of something that lasts on the agenda. */
export function during(
  targets: FaultTargets,
  { at, durationMicros }: { readonly at: Micros; readonly durationMicros: Micros },
  action: (by: 1 | -1) => void,
): void {
  once(targets, at, () => action(1));
  once(targets, micros(at + durationMicros), () => action(-1));
}
