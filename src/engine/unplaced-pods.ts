import { FreeNodes } from './allocate/free-nodes.js';
import type { ClusterView } from './collect/cluster-view.js';
import type { NodeLoop } from './node-loop.js';
import type { UnplacedPods } from './ports.js';
import type { WorkloadLoop } from './workload-loop.js';

/**
 * Pods that no node is there or on its way for, in the order of the workloads: what the scheduler has found no place for, less what fits
 * in thought on the nodes there are now and on those that are coming up.
 */
export function unplacedPods(
  workloads: readonly WorkloadLoop[],
  nodeLoops: readonly NodeLoop[],
  { nodes, pools }: Pick<ClusterView, 'nodes' | 'pools'>,
): readonly UnplacedPods[] {
  const waiting = workloads
    .filter(({ workload }) => workload.pool === undefined)
    .map((loop): UnplacedPods => ({ workload: loop.workload, pods: loop.unplaced() }))
    .filter(({ pods }) => pods > 0);
  if (waiting.length === 0) return waiting;
  const coming = nodeLoops.flatMap(({ pool }) => {
    const { cpuMillis, memoryMiB, maxPods: pods } = pool;
    return pools
      .views(pool.name)
      .filter(({ readyAt }) => readyAt === null)
      .map(() => ({ cpuMillis, memoryMiB, pods }));
  });
  return new FreeNodes([...nodes.room(), ...coming]).placeAll(waiting);
}
