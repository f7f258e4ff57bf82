import { type Micros, micros, seconds } from '../../kernel/micros.js';
import { PHASE } from '../../kernel/timeline.js';
import type { ClusterSpec } from '../../domain/cluster-spec.js';
import { evict } from '../pods/evict.js';
import type { ReplicaController } from '../pods/replica-controller.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { SimContext } from '../sim-context.js';
import type { Node } from './node.js';
import { podsOn } from './pods-on.js';

/** Whose nodes are drained. */
export interface DrainedCluster {
  readonly context: SimContext;
  readonly workloads: ReadonlyMap<string, SimWorkload>;
  controllerOf(workload: string): ReplicaController;
}

/** How often kubectl drain asks again for a pod that may not be evicted. Source: Kubernetes, staging/src/k8s.io/kubectl/pkg/drain. */
const AGAIN = seconds(5);

/**
 * Evicts the pods of a node, all at once and each with its grace; their controllers replace them in the same instant. Those that a disruption
 * budget holds are asked for again every five seconds, and deleted all the same when the time-out of drains is over. Pods on a dead node
 * are gone at once.
 */
export function drainNode(
  cluster: DrainedCluster,
  node: Node,
  { drainTimeoutMicros = micros(Infinity) }: Pick<ClusterSpec, 'drainTimeoutMicros'>,
  reason: string,
): void {
  const { context } = cluster;
  const begun = context.timeline.now;
  const later = (at: number): void => {
    context.timeline.at(micros(at), PHASE.world, ask);
  };
  const ask = (now: Micros): void => {
    if (now > begun && !node.alive) {
      // Away or dead: whoever is left on it is asked when it is back.
      if (podsOn(cluster, node).some(({ pods }) => pods.length > 0)) later(now + AGAIN);
      return;
    }
    const forced = now - begun >= drainTimeoutMicros;
    if (!round(cluster, node, { reason, forced, again: now > begun }, now)) {
      later(Math.min(now + AGAIN, Math.max(now + 1, begun + drainTimeoutMicros)));
    }
  };
  ask(begun);
}

interface Round {
  readonly reason: string;
  /** Budgets hold nobody any more. */
  readonly forced: boolean;
  readonly again: boolean;
}

/** Asks for every pod of a node once; true when none is left that was not asked to stop. */
function round(cluster: DrainedCluster, node: Node, { reason, forced, again }: Round, now: Micros): boolean {
  let all = true;
  for (const { workload, pods } of podsOn(cluster, node)) {
    const controller = cluster.controllerOf(workload.spec.name);
    for (const pod of pods) {
      if (!node.alive) workload.lifecycle.remove(pod, reason, 'failure', now);
      else if (forced && pod.active) workload.lifecycle.terminate(pod, reason, now);
      else if (pod.active) {
        const eviction = { reason, cause: 'scaling', quiet: again } as const;
        all = evict(cluster.context, { workload, controller }, pod, eviction, now) && all;
      }
    }
    if (pods.length > 0) controller.reconcile(now);
  }
  return all;
}
