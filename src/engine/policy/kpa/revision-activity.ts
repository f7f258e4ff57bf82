import type { Micros } from '../../../kernel/micros.js';

/** Whether requests come to a revision, as Knative's PodAutoscaler has it. */
export interface RevisionActivity {
  readonly status: 'activating' | 'active' | 'inactive';
  readonly since: Micros;
  /** Whether as many pods as it was to begin with have been ready once. */
  readonly initialized: boolean;
  /** Since when requests go through the activator; null while they do not. */
  readonly proxiedSince: Micros | null;
}

/** What a tick ended with. */
export interface RevisionState {
  /** Pods wanted; null where it cannot be told. */
  readonly want: number | null;
  readonly readyPods: number;
  readonly excessBurstCapacity: number;
  /** Least number of pods, and the number to begin with. */
  readonly minScale: number;
  readonly initialScale: number;
}

/** A revision that begins with pods is on its way; one that begins without any has none to wait for. */
export function initialActivity(pods: number, now: Micros): RevisionActivity {
  return { status: pods > 0 ? 'activating' : 'inactive', since: now, initialized: false, proxiedSince: now };
}

/**
 * How active a revision is after a tick.
 *
 * Source: knative/serving pkg/reconciler/autoscaling/kpa, computeActiveCondition, and the mode of the ServerlessService.
 */
export function nextActivity(activity: RevisionActivity, state: RevisionState, now: Micros): RevisionActivity {
  const threshold = activeThreshold(activity, state);
  const status = nextStatus(activity, state, threshold);
  const proxied = isProxied(activity, state);
  return {
    status,
    since: status === activity.status ? activity.since : now,
    initialized: activity.initialized || state.readyPods >= threshold,
    proxiedSince: proxied ? (activity.proxiedSince ?? now) : null,
  };
}

function activeThreshold({ initialized }: RevisionActivity, { minScale, initialScale }: RevisionState): number {
  return Math.max(minScale, initialized ? 1 : initialScale);
}

function nextStatus(
  { status }: RevisionActivity,
  { want, readyPods }: RevisionState,
  threshold: number,
): RevisionActivity['status'] {
  if (want === 0 || threshold === 0) return 'inactive';
  if (want === null && status === 'inactive') return 'inactive';
  return readyPods < threshold ? 'activating' : 'active';
}

/** The activator leaves the path once pods are wanted and have room for a burst. */
function isProxied({ status }: RevisionActivity, { want, excessBurstCapacity }: RevisionState): boolean {
  if (want === null && status === 'inactive') return true;
  return !((want ?? 0) > 0 && excessBurstCapacity >= 0);
}
