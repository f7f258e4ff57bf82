import type { ClusterSpec } from '../../domain/cluster-spec.js';
import type { WorkloadSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { Streams } from '../../kernel/streams.js';
import { deletionOrder } from './deletion-order.js';
import type { DrainRules } from './drain-rules.js';
import type { Pod } from './pod.js';

/** The order in which a workload's pods are deleted in its cluster; `related` are all its active pods. */
export function deletionHabits(
  { name, deletionCost }: WorkloadSpec,
  { deletesByLogarithm = false }: ClusterSpec,
  streams: Streams,
  draining: DrainRules,
): (pods: readonly Pod[], related: Iterable<Pod>, now: Micros) => Pod[] {
  const uids = streams.stream('uid', name);
  const uidOf = ({ ordinal }: Pod): number => uids.uniform(ordinal);
  return (pods, related, now) =>
    deletionOrder(pods, {
      related,
      ...(deletionCost === undefined ? {} : { costOf: onBoard }),
      ...(draining.orders ? { costOf: (pod: Pod) => draining.costOf(pod) } : {}),
      ...(deletesByLogarithm ? { logarithmic: { now, uidOf } } : {}),
    });
}

function onBoard({ process, running }: Pod): number {
  return running && process !== null ? process.inFlight() : 0;
}
