import type { NamedBound } from './cap-amounts.js';
import { type ContainerResources, scaleExactly } from './proportional-limit.js';
import { type ResourceAmounts, type VpaResource, vpaResources } from './resource-amounts.js';

/** What a namespace allows each container; a resource that is absent is not bounded. */
export interface ContainerLimitRange {
  readonly min: ResourceAmounts;
  readonly max: ResourceAmounts;
  /** Limit of containers that name none. */
  readonly defaultLimit: ResourceAmounts;
}

/**
 * Bounds of a recommendation such that request and limit, which keeps its proportion to it, are both within the range.
 *
 * Source: VPA, pkg/utils/vpa/capping.go, for ranges of containers. Ranges of whole pods are not supported.
 */
export function limitRangeBounds(range: ContainerLimitRange, resources: ContainerResources): readonly NamedBound[] {
  const least: Partial<Record<VpaResource, number>> = {};
  const most: Partial<Record<VpaResource, number>> = {};
  for (const resource of vpaResources) {
    least[resource] = Math.max(boundary(range.min, resource, range, resources), range.min[resource] ?? 0);
    most[resource] = boundary(range.max, resource, range, resources);
  }
  return [
    { rule: 'limit-range-min', side: 'at-least', bound: least },
    { rule: 'limit-range-max', side: 'at-most', bound: most },
  ];
}

/** The request at which the limit reaches its bound; 0 where nothing is bounded. */
function boundary(
  bounds: ResourceAmounts,
  resource: VpaResource,
  { defaultLimit }: ContainerLimitRange,
  resources: ContainerResources,
): number {
  const bound = bounds[resource] ?? 0;
  const ownLimit = resources.limit[resource] ?? 0;
  const limit = ownLimit === 0 ? (defaultLimit[resource] ?? 0) : ownLimit;
  if (limit === 0) return 0;
  const request = resources.request[resource] ?? 0;
  return request === 0 ? bound : scaleExactly(request, bound, limit);
}
