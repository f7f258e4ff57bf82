import { allocatable } from '../../catalogue/allocatable.js';
import type { InstanceType } from '../../catalogue/instance-type.js';

/** Pods that want a place, all alike. */
export interface PodDemand {
  readonly pods: number;
  readonly cores: number;
  readonly memoryBytes: number;
}

/** Nodes of one type that hold every pod. */
export interface ChosenPool {
  readonly type: InstanceType;
  readonly count: number;
}

/** The cheapest pool of one type that holds all pods, each workload packed on nodes of its own share; null where a pod fits on no type. */
export function cheapestPool(types: readonly InstanceType[], demands: readonly PodDemand[]): ChosenPool | null {
  let best: ChosenPool | null = null;
  for (const type of types) {
    const share = demands.reduce((sum, demand) => sum + demand.pods / podsPerNode(type, demand), 0);
    if (!Number.isFinite(share)) continue;
    const pool = { type, count: Math.max(1, Math.ceil(share - 1e-9)) };
    if (best === null || priceOf(pool) < priceOf(best)) best = pool;
  }
  return best;
}

function podsPerNode(type: InstanceType, { cores, memoryBytes }: PodDemand): number {
  const node = allocatable(type);
  const byCpu = Math.floor(node.cpuMillis / Math.max(1, cores * 1000));
  const byMemory = Math.floor((node.memoryMiB * 2 ** 20) / Math.max(1, memoryBytes));
  return Math.min(byCpu, byMemory, node.maxPods);
}

function priceOf({ type, count }: ChosenPool): number {
  return type.pricePerHour * count;
}
