import type { AmountsRecommended } from './recommend-containers.js';
import type { ResourceAmounts, VpaResource } from './resource-amounts.js';

/** A direction in which at least one of the resources must change, or the pod is left alone. */
export interface EvictionRequirement {
  readonly resources: readonly VpaResource[];
  readonly change: 'TargetHigherThanRequests' | 'TargetLowerThanRequests';
}

/** A container's requests beside what is recommended for it; null where nothing is. */
export interface ContainerChange {
  readonly request: ResourceAmounts;
  readonly recommended: AmountsRecommended | null;
}

/**
 * Whether a pod may be touched: no requirement, or all of them met by one container, or a container without a request.
 *
 * Source: VPA, scaling_direction_pod_eviction_admission.go.
 */
export function meetsRequirements(
  containers: readonly ContainerChange[],
  requirements: readonly EvictionRequirement[],
): boolean {
  if (requirements.length === 0) return true;
  return containers.some(({ request, recommended }) => {
    if (recommended === null) return false;
    if (request.cpu === undefined || request.memory === undefined) return true;
    return requirements.every((requirement) => isMet(requirement, request, recommended.target));
  });
}

function isMet({ resources, change }: EvictionRequirement, request: ResourceAmounts, target: ResourceAmounts): boolean {
  return resources.some((resource) => {
    const [before, after] = [request[resource] ?? 0, target[resource] ?? 0];
    return change === 'TargetHigherThanRequests' ? after > before : after < before;
  });
}
