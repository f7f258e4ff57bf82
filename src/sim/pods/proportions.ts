/** A replica set as far as its size goes. */
export interface SizedSet {
  readonly revision: number;
  readonly wanted: number;
  readonly maxReplicas: number;
}

/**
 * The sizes of replica sets after a change of the workload's replicas while revisions replace each other: what is added or taken is spread in
 * proportion to their sizes, the largest (on the way up the newest, on the way down the oldest of equals) getting what rounding leaves.
 *
 * Source: Kubernetes, pkg/controller/deployment/sync.go, scale, and util/deployment_util.go, GetReplicaSetProportion.
 *
 * @returns sizes in the order of `sets`.
 */
export function proportions(sets: readonly SizedSet[], replicas: number, surge: number): number[] {
  const allowed = replicas > 0 ? replicas + surge : 0;
  const toAdd = allowed - sets.reduce((sum, { wanted }) => sum + wanted, 0);
  const order = sets.map((_, i) => i).sort((a, b) => bySize(sets[a], sets[b], toAdd > 0 ? 1 : -1));
  const sizes = sets.map(({ wanted }) => wanted);
  let added = 0;
  for (const i of order) {
    if (toAdd === 0) break;
    const part = fraction(sets[i], replicas, surge);
    const left = toAdd - added;
    const change = sets[i].wanted === 0 ? 0 : toAdd > 0 ? Math.min(part, left) : Math.max(part, left);
    sizes[i] += change;
    added += change;
  }
  if (order.length > 0) sizes[order[0]] = Math.max(0, sizes[order[0]] + toAdd - added);
  return sizes;
}

function bySize(a: SizedSet, b: SizedSet, newerFirst: 1 | -1): number {
  return b.wanted - a.wanted || newerFirst * (b.revision - a.revision);
}

function fraction({ wanted, maxReplicas }: SizedSet, replicas: number, surge: number): number {
  if (replicas === 0) return 0 - wanted;
  return Math.round((wanted * (replicas + surge)) / maxReplicas) - wanted;
}
