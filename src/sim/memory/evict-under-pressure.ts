import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE, type Timeline } from '../../kernel/timeline.js';
import type { Cluster } from '../cluster.js';
import type { Node } from '../nodes/node.js';
import { podsOn } from '../nodes/pods-on.js';
import type { Pod } from '../pods/pod.js';
import { podMemoryMiB } from './pod-memory.js';

/** Source: Kubernetes, pkg/kubelet/kubelet.go, evictionMonitoringPeriod. */
const PERIOD = seconds(10);

/** Source: Kubernetes, pkg/kubelet/apis/config/v1beta1/defaults.go, evictionPressureTransitionPeriod. */
const TRANSITION = seconds(300);

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
 * their request (Guaranteed) last. What the node itself and its daemons use is taken to be what is reserved for them. From the look that
 * sees it short of memory until the first one five minutes after the last such look, the node keeps new BestEffort pods off.
 * Source: Kubernetes, pkg/kubelet/eviction, rankMemoryPressure and nodeConditionsObservedSince.
 */
export function evictUnderPressure(timeline: Timeline, cluster: Cluster): void {
  timeline.every(micros(timeline.now + PERIOD), PERIOD, PHASE.world, (now) => {
    const nodes = cluster.nodes.filter(({ alive }) => alive);
    const victims = nodes.map((node) => victimOn(cluster, node, now));
    const relieved = nodes.filter((node, i) => observe(node, victims[i] !== null, now));
    for (const pod of victims) if (pod !== null) evict(cluster, pod, now);
    if (relieved.length > 0) cluster.placeWaiting(now);
    return true;
  });
}

/** Keeps a node's condition up to date; true where it has just lost it. */
function observe(node: Node, short: boolean, now: Micros): boolean {
  if (short) node.pressureSeenAt = now;
  if (node.pressureSeenAt === null || now - node.pressureSeenAt < TRANSITION) return false;
  node.pressureSeenAt = null;
  return true;
}

/** Who has to go; null where the node is not short of memory. */
function victimOn(cluster: Cluster, node: Node, now: Micros): Pod | null {
  const usages = podsOn(cluster, node).flatMap(({ workload: { spec }, pods }) =>
    pods.map((pod): Usage => {
      const usedMiB = podMemoryMiB(pod, now);
      return { pod, usedMiB, priority: spec.scheduling?.priority ?? 0, beyondMiB: usedMiB - pod.size.memoryMiB };
    }),
  );
  const used = usages.reduce((sum, { usedMiB }) => sum + usedMiB, 0);
  if (used <= node.pool.memoryMiB) return null;
  const [{ pod }] = usages.filter(({ usedMiB }) => usedMiB > 0).sort(goesFirst);
  return pod;
}

/** No effect where the successor of one that was evicted before has driven it out. */
function evict(cluster: Cluster, pod: Pod, now: Micros): void {
  if (pod.removedAt !== null) return;
  cluster.workload(pod.workload).lifecycle.remove(pod, 'evicted: node low on memory', 'failure', now);
  cluster.controllerOf(pod.workload).reconcile(now);
}

function goesFirst(a: Usage, b: Usage): number {
  const beyond = Number(b.beyondMiB > 0) - Number(a.beyondMiB > 0);
  return beyond || a.priority - b.priority || b.beyondMiB - a.beyondMiB;
}
