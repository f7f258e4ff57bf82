/** What a rolling update goes by at one instant. */
export interface RolloutState {
  readonly replicas: number;
  /** Pods beyond the replicas, and replicas that may be missing. */
  readonly surge: number;
  readonly unavailable: number;
  /** Of the newest revision. */
  readonly newest: SetState;
  /** Of the earlier ones, the oldest first. */
  readonly old: readonly SetState[];
}

/** A replica set's size and how many of its pods are available. */
export interface SetState {
  readonly wanted: number;
  readonly available: number;
}

/**
 * The sizes of replica sets at the next step of a rolling update: first the newest grows as the surge allows; where it cannot, old ones shrink
 * as far as the newest's pods make up for them, those of their pods first that are not available.
 *
 * Source: Kubernetes, pkg/controller/deployment/rolling.go, and util/deployment_util.go, NewRSNewReplicas.
 *
 * @returns the size of the newest, then those of the old ones in order.
 */
export function rollingUpdate(state: RolloutState): number[] {
  const { newest, old } = state;
  const grown = sizeOfNewest(state);
  if (grown !== newest.wanted) return [grown, ...old.map(({ wanted }) => wanted)];
  return [grown, ...sizesOfOld(state)];
}

function sizeOfNewest({ replicas, surge, newest, old }: RolloutState): number {
  if (newest.wanted >= replicas) return replicas;
  const all = old.reduce((sum, { wanted }) => sum + wanted, newest.wanted);
  return newest.wanted + Math.max(0, Math.min(replicas + surge - all, replicas - newest.wanted));
}

function sizesOfOld({ replicas, unavailable, newest, old }: RolloutState): number[] {
  const least = replicas - unavailable;
  const sizes = old.map(({ wanted }) => wanted);
  const all = sizes.reduce((sum, wanted) => sum + wanted, newest.wanted);
  let unhealthy = all - least - (newest.wanted - newest.available);
  if (unhealthy <= 0) return sizes;
  old.forEach(({ wanted, available }, i) => {
    const gone = Math.min(Math.max(0, unhealthy), Math.max(0, wanted - available));
    sizes[i] -= gone;
    unhealthy -= gone;
  });
  const available = old.reduce((sum, one) => sum + one.available, newest.available);
  let spare = Math.max(0, available - least);
  old.forEach((_, i) => {
    const gone = Math.min(sizes[i], spare);
    sizes[i] -= gone;
    spare -= gone;
  });
  return sizes;
}
