import type { AmountsRecommended } from './recommend-containers.js';
import { type ResourceAmounts, type VpaResource, vpaResources } from './resource-amounts.js';

/** A container of a pod as the updater weighs it. */
export interface PrioritizedContainer {
  /** What it requests in its specification; a resource without a request is absent. */
  readonly request: ResourceAmounts;
  /** What it has been given according to its status, which counts instead of the specification; null where nothing is reported. */
  readonly statusRequest: ResourceAmounts | null;
  /** null where nothing is recommended for it: it does not count. */
  readonly recommended: AmountsRecommended | null;
}

/** How urgent it is to bring a pod in line. */
export interface UpdatePriority {
  /** Whether some request lies outside its bounds, or is not there at all. */
  readonly outsideRecommendedRange: boolean;
  /** Whether some container wants more than it has. */
  readonly scaleUp: boolean;
  /** Sum over resources of the share by which the pod's requests as a whole would change. */
  readonly resourceDiff: number;
}

/** How urgent an update of a pod is. Source: VPA, pkg/updater/priority/priority_processor.go. */
export function updatePriority(containers: readonly PrioritizedContainer[]): UpdatePriority {
  const requested: Record<VpaResource, number> = { cpu: 0, memory: 0 };
  const wanted: Partial<Record<VpaResource, number>> = {};
  let outsideRecommendedRange = false;
  let scaleUp = false;
  for (const { recommended, ...container } of containers) {
    if (recommended === null) continue;
    const requests = container.statusRequest ?? container.request;
    for (const resource of vpaResources) {
      const target = recommended.target[resource];
      if (target === undefined) continue;
      wanted[resource] = (wanted[resource] ?? 0) + target;
      const request = requests[resource];
      requested[resource] += request ?? 0;
      scaleUp ||= request === undefined || target > request;
      outsideRecommendedRange ||= request === undefined || isOutside(request, recommended, resource);
    }
  }
  return { outsideRecommendedRange, scaleUp, resourceDiff: relativeChange(requested, wanted) };
}

/** Below 0 where `a` goes before `b`: first what wants to grow, then what changes most. */
export function comparePriority(a: UpdatePriority, b: UpdatePriority): number {
  if (a.scaleUp !== b.scaleUp) return a.scaleUp ? -1 : 1;
  return b.resourceDiff - a.resourceDiff;
}

function isOutside(request: number, { lower, upper }: AmountsRecommended, resource: VpaResource): boolean {
  return request < (lower[resource] ?? request) || request > (upper[resource] ?? request);
}

/** What is not requested counts as a thousandth of the unit in which quantities are written: 1 millicore, 1/1000 byte. */
const least: Readonly<Record<VpaResource, number>> = { cpu: 1, memory: 0.001 };

function relativeChange(requested: Record<VpaResource, number>, wanted: Partial<Record<VpaResource, number>>): number {
  let change = 0;
  for (const resource of vpaResources) {
    const total = wanted[resource];
    if (total === undefined) continue;
    const before = Math.max(requested[resource], least[resource]);
    change += Math.abs(before - total) / before;
  }
  return change;
}
