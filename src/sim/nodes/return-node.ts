import type { Cluster } from '../cluster.js';
import type { SimContext } from '../sim-context.js';
import type { Node } from './node.js';
import { podsOn } from './pods-on.js';

/**
 * A node that was away is back: pods that were deleted meanwhile are gone, those that were not replaced yet have their containers started
 * again, and there is room for others. Images that it had whole are still there; its kubelet does not know of memory pressure before.
 */
export function returnNode(context: SimContext, cluster: Cluster, node: Node): void {
  const { now } = context.timeline;
  node.alive = true;
  node.returns += 1;
  node.pressureSeenAt = null;
  if (node.lost) {
    node.lost = false;
    cluster.announce(node, now);
  }
  for (const { workload, pods } of podsOn(cluster, node)) {
    for (const pod of pods) workload.lifecycle.nodeReturned(pod, now);
  }
  cluster.placeWaiting(now);
}
