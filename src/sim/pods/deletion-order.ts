import type { Node } from '../nodes/node.js';
import type { Pod } from './pod.js';

type Rule = (a: Pod, b: Pod, neighbours: ReadonlyMap<Node | null, number>) => number;

/** Each puts the pod to delete first in front; the first rule that tells two pods apart decides. */
const RULES: readonly Rule[] = [
  (a, b) => first(a.scheduledAt === null, b.scheduledAt === null),
  (a, b) => first(a.startedAt === null, b.startedAt === null),
  (a, b) => first(!a.ready, !b.ready),
  (a, b, neighbours) => neighboursOf(b, neighbours) - neighboursOf(a, neighbours),
  (a, b) => (b.readySince ?? 0) - (a.readySince ?? 0),
  (a, b) => b.restarts - a.restarts,
  (a, b) => b.createdAt - a.createdAt,
  (a, b) => b.ordinal - a.ordinal,
];

/**
 * The order in which a workload's pods are deleted when there are too many.
 *
 * Unscheduled before scheduled, pending before running, not ready before ready, more pods of the workload on the same node first,
 * most recently ready first, more restarts first, most recently created first, highest ordinal first. The numbers of neighbours are those
 * before the first deletion. Source: Kubernetes, pkg/controller/controller_utils.go, ActivePodsWithRanks; without its deletion-cost
 * annotation, and with plain instead of logarithmic ages.
 */
export function deletionOrder(pods: readonly Pod[]): Pod[] {
  const neighbours = new Map<Node | null, number>();
  for (const pod of pods) neighbours.set(pod.node, (neighbours.get(pod.node) ?? 0) + 1);
  return [...pods].sort((a, b) => {
    for (const rule of RULES) {
      const difference = rule(a, b, neighbours);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function first(a: boolean, b: boolean): number {
  return Number(b) - Number(a);
}

function neighboursOf(pod: Pod, neighbours: ReadonlyMap<Node | null, number>): number {
  return pod.node === null ? 0 : (neighbours.get(pod.node) ?? 0);
}
