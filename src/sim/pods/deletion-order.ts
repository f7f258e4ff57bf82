import type { Micros } from '../../kernel/micros.js';
import type { Node } from '../nodes/node.js';
import type { Pod } from './pod.js';

/** What pods to be deleted are compared by, beside themselves. */
export interface DeletionHabits {
  /** All active pods of the workload, of whatever revision; absent means those that are compared. */
  readonly related?: Iterable<Pod>;
  /** What it costs to delete a pod: the annotation controller.kubernetes.io/pod-deletion-cost; absent means that all cost the same. */
  readonly costOf?: (pod: Pod) => number;
  /** Times are compared by the order of magnitude of their age at `now`, and equal ones by a pod's `uid`; absent means to the microsecond. */
  readonly logarithmic?: { readonly now: Micros; readonly uidOf: (pod: Pod) => number };
}

interface Look extends DeletionHabits {
  readonly neighbours: ReadonlyMap<Node | null, number>;
}

type Rule = (a: Pod, b: Pod, look: Look) => number;

/** Each puts the pod to delete first in front; the first rule that tells two pods apart decides. */
const RULES: readonly Rule[] = [
  (a, b) => first(a.scheduledAt === null, b.scheduledAt === null),
  (a, b) => first(a.startedAt === null, b.startedAt === null),
  (a, b) => first(!a.ready, !b.ready),
  (a, b, { costOf }) => (costOf === undefined ? 0 : costOf(a) - costOf(b)),
  (a, b, { neighbours }) => neighboursOf(b, neighbours) - neighboursOf(a, neighbours),
  (a, b, look) => (a.ready && b.ready ? younger(a.readySince ?? 0, b.readySince ?? 0, [a, b], look) : 0),
  (a, b) => b.restarts - a.restarts,
  (a, b, look) => younger(a.createdAt, b.createdAt, [a, b], look),
  (a, b) => b.ordinal - a.ordinal,
];

/**
 * The order in which a workload's pods are deleted when there are too many.
 *
 * Unscheduled before scheduled, pending before running, not ready before ready, cheaper to delete first, more pods of the workload on the
 * same node first, most recently ready first, more restarts first, most recently created first, highest ordinal first. The numbers of
 * neighbours are those before the first deletion.
 * Source: Kubernetes, pkg/controller/controller_utils.go, ActivePodsWithRanks, logarithmicRankDiff.
 */
export function deletionOrder(pods: readonly Pod[], habits: DeletionHabits = {}): Pod[] {
  const neighbours = new Map<Node | null, number>();
  for (const pod of habits.related ?? pods) neighbours.set(pod.node, (neighbours.get(pod.node) ?? 0) + 1);
  const look = { ...habits, neighbours };
  return [...pods].sort((a, b) => {
    for (const rule of RULES) {
      const difference = rule(a, b, look);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function first(a: boolean, b: boolean): number {
  return Number(b) - Number(a);
}

/** The later of two instants first; by orders of magnitude where that is the habit, a tie being the lower uid's. */
function younger(a: number, b: number, [one, other]: readonly [Pod, Pod], { logarithmic }: Look): number {
  if (a === b || logarithmic === undefined) return b - a;
  const { now, uidOf } = logarithmic;
  return magnitude(now - a) - magnitude(now - b) || uidOf(one) - uidOf(other);
}

/** Kubernetes takes the logarithm of nanoseconds. */
function magnitude(ageMicros: number): number {
  return ageMicros <= 0 ? -1 : Math.floor(Math.log2(ageMicros * 1000));
}

function neighboursOf(pod: Pod, neighbours: ReadonlyMap<Node | null, number>): number {
  return pod.node === null ? 0 : (neighbours.get(pod.node) ?? 0);
}
