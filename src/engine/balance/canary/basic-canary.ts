import { approximateWeight, type CanarySplit } from './approximate-weight.js';
import type { SurgeLimits } from './surge-limits.js';

/** The pods of one version. */
export interface VersionPods {
  readonly spec: number;
  readonly available: number;
}

/** Where a roll-out without a traffic router stands. */
export interface BasicCanary extends SurgeLimits {
  readonly replicas: number;
  readonly weight: number;
  readonly maxWeight: number;
  /** Null while there is none. */
  readonly canary: VersionPods | null;
  /** Null while there is none besides the canary: then the canary is to have all replicas. */
  readonly stable: VersionPods | null;
  /** Pods asked for of versions older than the stable one. */
  readonly olderReplicas: number;
}

/**
 * The replicas to ask for next, as Argo Rollouts' `CalculateReplicaCountsForBasicCanary`: what surge allows is added, to the stable
 * version first; then, unless older versions are still to go, what unavailability allows is taken from the version that shrinks.
 */
export function basicCanary(rollout: BasicCanary): CanarySplit {
  const wanted = wantedSplit(rollout);
  const grown = grow(rollout, wanted);
  if (rollout.olderReplicas > 0) return grown;
  return shrink(rollout, wanted, grown);
}

function wantedSplit({ stable, replicas, weight, maxWeight, maxSurge }: BasicCanary): CanarySplit {
  if (stable === null) return { canary: replicas, stable: 0 };
  return approximateWeight({ replicas, weight, maxWeight, maxSurge });
}

function grow(rollout: BasicCanary, wanted: CanarySplit): CanarySplit {
  const canary = rollout.canary?.spec ?? 0;
  const stable = rollout.stable?.spec ?? 0;
  let room = rollout.replicas + rollout.maxSurge - canary - stable - rollout.olderReplicas;
  const added = (now: number, target: number): number => Math.max(0, Math.min(target - now, room));
  const toStable = rollout.stable === null ? 0 : added(stable, wanted.stable);
  room -= toStable;
  const toCanary = rollout.canary === null ? 0 : added(canary, wanted.canary);
  return { canary: canary + toCanary, stable: stable + toStable };
}

/** While the canary grows, what it has available counts as it is, and the stable version's pods count even where they are not available; and the other way round. */
function shrink(rollout: BasicCanary, wanted: CanarySplit, grown: CanarySplit): CanarySplit {
  const { canary, stable, replicas, maxUnavailable } = rollout;
  const leastAvailable = replicas - maxUnavailable;
  const isIncreasing = canary === null || wanted.canary >= canary.spec;
  const there = countable(canary, !isIncreasing) + countable(stable, isIncreasing);
  const mayGo = there - leastAvailable;
  if (mayGo <= 0) return grown;
  const limits = { most: replicas + rollout.maxSurge, leastAvailable };
  if (!isIncreasing) {
    const drained = drain(canary, wanted.canary, mayGo, grown.canary);
    const [canaryPods, stablePods] = withinLimits([canary, drained], [stable, grown.stable], limits);
    return { canary: canaryPods, stable: stablePods };
  }
  if (stable === null) return grown;
  const drained = drain(stable, wanted.stable, mayGo, grown.stable);
  const [stablePods, canaryPods] = withinLimits([stable, drained], [canary, grown.canary], limits);
  return { canary: canaryPods, stable: stablePods };
}

/** Pods beyond what is asked for are on their way out and count for nothing. */
function countable(pods: VersionPods | null, ignoreAvailability: boolean): number {
  if (pods === null) return 0;
  return ignoreAvailability ? pods.spec : Math.min(pods.spec, pods.available);
}

function drain(pods: VersionPods | null, wanted: number, mayGo: number, otherwise: number): number {
  return pods !== null && pods.spec > wanted ? Math.max(wanted, pods.spec - mayGo) : otherwise;
}

type Counted = readonly [pods: VersionPods | null, count: number];

/** Brings both versions within surge, the one that is not drained first, but not below what must be available. */
function withinLimits(
  [drained, drainedCount]: Counted,
  [other, otherCount]: Counted,
  { most, leastAvailable }: { readonly most: number; readonly leastAvailable: number },
): readonly [drained: number, other: number] {
  if (other === null) return [drainedCount, otherCount];
  const cut = otherCount - Math.max(0, otherCount + drainedCount - most);
  const available = Math.min(drained?.available ?? 0, drainedCount) + Math.min(other.available, cut);
  const lost = Math.max(0, other.available - cut);
  const restored = cut + Math.min(lost, Math.max(0, leastAvailable - available));
  return [drainedCount - Math.max(0, restored + drainedCount - most), restored];
}
