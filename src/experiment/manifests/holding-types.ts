import { allocatable } from '../../catalogue/allocatable.js';
import type { InstanceType } from '../../catalogue/instance-type.js';

/** Pods that want a place, all alike. */
export interface PodDemand {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** The types that hold at least one pod of some workload; none where a workload fits on no type at all. */
export function holdingTypes(types: readonly InstanceType[], demands: readonly PodDemand[]): readonly InstanceType[] {
  if (!demands.every((demand) => types.some((type) => holds(type, demand)))) return [];
  return types.filter((type) => demands.some((demand) => holds(type, demand)));
}

/** Nodes of one type that are enough for any number of pods up to this, were each to need its own, within a limit of cores. */
export function mostNodes(types: readonly InstanceType[], pods: number, coreLimit: number | null): number {
  const smallest = Math.min(...types.map(({ vcpu }) => vcpu));
  const within = coreLimit === null ? Infinity : Math.floor(coreLimit / smallest);
  return Math.max(1, Math.min(pods, within));
}

function holds(type: InstanceType, { cores, memoryBytes }: PodDemand): boolean {
  const node = allocatable(type);
  return cores * 1000 <= node.cpuMillis && memoryBytes <= node.memoryMiB * 2 ** 20;
}
