import type { Micros } from '../../kernel/micros.js';
import type { ReplicaController } from '../pods/replica-controller.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { Node } from './node.js';
import { podsOn } from './pods-on.js';

/** Whose nodes are drained. */
export interface DrainedCluster {
  readonly workloads: ReadonlyMap<string, SimWorkload>;
  controllerOf(workload: string): ReplicaController;
}

/**
 * Evicts the pods of a node, all at once and each with its grace; their controllers replace them in the same instant. Pods on a dead node
 * are gone at once. Source: Kubernetes, kubectl drain, without disruption budgets.
 */
export function drainNode(cluster: DrainedCluster, node: Node, reason: string, now: Micros): void {
  for (const { workload, pods } of podsOn(cluster, node)) {
    for (const pod of pods) {
      if (!node.alive) workload.lifecycle.remove(pod, reason, 'failure', now);
      else if (pod.active) workload.lifecycle.terminate(pod, reason, now);
    }
    if (pods.length > 0) cluster.controllerOf(workload.spec.name).reconcile(now);
  }
}
