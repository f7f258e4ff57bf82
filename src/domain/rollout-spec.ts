import type { Micros } from '../kernel/micros.js';

/** A number of pods, or a share of them. */
export type PodCount = { readonly count: number } | { readonly share: number };

/**
 * How a Deployment replaces its pods: within a surge and an unavailability, or all at once after the old ones are gone; under `Canary` it
 * replaces none by itself, and keeps of each revision what it is told to. Source: Kubernetes, DeploymentStrategy; Argo Rollouts, canary.
 */
export interface RolloutStrategy {
  readonly type: 'RollingUpdate' | 'Recreate' | 'Canary';
  /** Pods beyond the replicas asked for; a share is rounded up. */
  readonly maxSurge: PodCount;
  /** Replicas that may be missing; a share is rounded down. Where both come to nothing, one may be missing. */
  readonly maxUnavailable: PodCount;
  /** A pod is available when it has been ready for so long. */
  readonly minReadyMicros: Micros;
  /** Without progress for so long a rollout counts as stuck; it goes on. */
  readonly progressDeadlineMicros: Micros;
}

/** How many pods have to stay when pods are evicted. Source: Kubernetes, PodDisruptionBudget of policy/v1. */
export interface DisruptionBudget {
  /** At least so many healthy pods stay, or at most so many are missing of those asked for; shares are rounded up. */
  readonly bound: { readonly minAvailable: PodCount } | { readonly maxUnavailable: PodCount };
  /** Whether pods that are not ready may be evicted at any time; absent means only where enough others are. */
  readonly alwaysAllowUnready?: true;
}
