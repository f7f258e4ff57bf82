import type { Pod } from '../pods/pod.js';
import type { SimWorkload } from '../pods/sim-workload.js';
import type { Node } from './node.js';

/** Pods bound to a node, workload by workload, in the order of their creation; terminating ones included. */
export function podsOn(
  cluster: { readonly workloads: ReadonlyMap<string, SimWorkload> },
  node: Node,
): { readonly workload: SimWorkload; readonly pods: readonly Pod[] }[] {
  return [...cluster.workloads.values()].map((workload) => ({
    workload,
    pods: [...workload.pods].filter((pod) => pod.node === node),
  }));
}
