import type { Micros } from '../../kernel/micros.js';
import type { CutCause } from '../data-plane.js';
import type { SimContext } from '../sim-context.js';
import { evictionRefusal } from './eviction-refusal.js';
import type { Pod } from './pod.js';
import type { ReplicaController } from './replica-controller.js';
import type { SimWorkload } from './sim-workload.js';

/** Who owns a pod. */
export interface PodOwner {
  readonly workload: SimWorkload;
  readonly controller: ReplicaController;
}

/** Why a pod is evicted, and to whose account what it had on board is lost. */
export interface Eviction {
  readonly reason: string;
  readonly cause: CutCause;
  /** A refusal was told before. */
  readonly quiet?: boolean;
}

/**
 * Asks the Eviction API to evict a pod: it may be refused for the workload's disruption budget, which everybody is told; otherwise the pod is
 * asked to stop, and has its grace. Returns whether it was granted; replacing the pod is left to the caller.
 */
export function evict(
  context: SimContext,
  { workload, controller }: PodOwner,
  pod: Pod,
  { reason, cause, quiet = false }: Eviction,
  now: Micros,
): boolean {
  const { spec, pods, lifecycle } = workload;
  const refusal = evictionRefusal(spec.disruptionBudget, pod, pods, controller.replicas);
  if (refusal === null) {
    if (pod.active) lifecycle.terminate(pod, reason, now, cause);
    return true;
  }
  if (!quiet) {
    context.emit({ type: 'podEvictionRefused', at: now, workload: spec.name, pod: pod.name, reason: refusal });
  }
  return false;
}
