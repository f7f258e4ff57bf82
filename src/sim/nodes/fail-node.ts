import type { ClusterSpec } from '../../domain/cluster-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';
import { PHASE } from '../../kernel/timeline.js';
import type { Cluster } from '../cluster.js';
import type { SimContext } from '../sim-context.js';
import type { Node } from './node.js';
import { podsOn } from './pods-on.js';

/**
 * A node dies with everything on it, in three steps as in Kubernetes: at once its processes are gone and nobody knows; after the monitor's
 * grace the node is known to be lost, and its pods are unready and leave the endpoints; after the eviction delay they are replaced.
 *
 * Until it is noticed the scheduler may place pods on the dead node; they never start and are evicted with the others. A node that comes back
 * before its pods are replaced keeps them. A group of machines replaces one that is lost for good when that is noticed.
 */
export function failNode(context: SimContext, cluster: Cluster, habits: ClusterSpec, node: Node): void {
  const { timeline } = context;
  const { returns } = node;
  node.alive = false;
  cluster.images?.nodeDied(node);
  for (const { workload, pods } of podsOn(cluster, node)) {
    for (const pod of pods) workload.lifecycle.stopContainer(pod, 'failure');
  }
  timeline.at(micros(timeline.now + habits.nodeMonitorGraceMicros), PHASE.world, (noticed) => {
    if (node.returns !== returns) return;
    node.lost = true;
    context.emit({ type: 'nodeLost', at: noticed, node: node.name });
    for (const { workload, pods } of podsOn(cluster, node)) {
      for (const pod of pods) workload.lifecycle.loseReadiness(pod, 'node lost', noticed);
    }
    if (node.removedAt !== null) cluster.groupOf(node)?.lost(node, noticed);
    const tainted = cluster.evictions.next(node, noticed);
    timeline.at(micros(tainted + habits.evictionAfterMicros), PHASE.world, (at) => {
      if (node.returns === returns) evict(cluster, node, at);
    });
  });
}

function evict(cluster: Cluster, node: Node, now: Micros): void {
  for (const { workload, pods } of podsOn(cluster, node)) {
    for (const pod of pods) workload.lifecycle.remove(pod, 'node lost', 'failure', now);
    cluster.controllerOf(workload.spec.name).reconcile(now);
  }
}
