import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { Cluster } from '../cluster.js';
import type { Node } from '../nodes/node.js';
import { podsOn } from '../nodes/pods-on.js';
import type { Pod } from '../pods/pod.js';
import { podMemoryMiB } from './pod-memory.js';

/** Source: Kubernetes, pkg/kubelet/kubelet.go, evictionMonitoringPeriod. */
const PERIOD = seconds(10);

interface Usage {
  readonly pod: Pod;
  readonly usedMiB: number;
  readonly priority: number;
  /** Use beyond the request; negative below it. */
  readonly beyondMiB: number;
}

/**
 * Lets the kubelet of every node evict one pod in each period in which its pods use more memory than the node can give to pods: without
 * grace, those beyond their request before the others, of them those of the lowest priority, and of those the furthest beyond first.
 *
 * So, at one priority, pods without a request (BestEffort) go before those that are a little beyond it (Burstable), and pods whose limit is
 * their request (Guaranteed) last. What the node itself and its daemons use is taken to be what is reserved for them. The taint that then
 * keeps BestEffort pods off the node for five minutes is left out: the pod that replaces one may come to the same node.
 * Source: Kubernetes, pkg/kubelet/eviction/helpers.go, rankMemoryPressure.
 */
export function evictUnderPressure(timeline: Timeline, cluster: Cluster): void {
  timeline.every(micros(timeline.now + PERIOD), PERIOD, PHASE.world, (now) => {
    for (const node of cluster.nodes) if (node.alive) relieve(cluster, node, now);
    return true;
  });
}

function relieve(cluster: Cluster, node: Node, now: Micros): void {
  const usages = podsOn(cluster, node).flatMap(({ workload: { spec }, pods }) =>
    pods.map((pod): Usage => {
      const usedMiB = podMemoryMiB(pod, now);
      return { pod, usedMiB, priority: spec.scheduling?.priority ?? 0, beyondMiB: usedMiB - pod.size.memoryMiB };
    }),
  );
  const used = usages.reduce((sum, { usedMiB }) => sum + usedMiB, 0);
  if (used <= node.pool.memoryMiB) return;
  const [victim] = usages.filter(({ usedMiB }) => usedMiB > 0).sort(goesFirst);
  const { pod } = victim;
  cluster.workload(pod.workload).lifecycle.remove(pod, 'evicted: node low on memory', 'failure', now);
  cluster.controllerOf(pod.workload).reconcile(now);
}

function goesFirst(a: Usage, b: Usage): number {
  const beyond = Number(b.beyondMiB > 0) - Number(a.beyondMiB > 0);
  return beyond || a.priority - b.priority || b.beyondMiB - a.beyondMiB;
}
