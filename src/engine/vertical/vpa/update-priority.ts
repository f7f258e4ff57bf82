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
  const claims = containers.flatMap(claimsOf);
  return {
    outsideRecommendedRange: claims.some(isOutside),
    scaleUp: claims.some(({ request, target }) => request === null || target > request),
    resourceDiff: vpaResources.reduce((sum, resource) => sum + relativeChange(claims, resource), 0),
  };
}

/** Below 0 where `a` goes before `b`: first what wants to grow, then what changes most. */
export function comparePriority(a: UpdatePriority, b: UpdatePriority): number {
  if (a.scaleUp !== b.scaleUp) return a.scaleUp ? -1 : 1;
  return b.resourceDiff - a.resourceDiff;
}

/** One resource of one container: what it has and what it should have. */
interface Claim {
  readonly resource: VpaResource;
  /** null where nothing is requested. */
  readonly request: number | null;
  readonly target: number;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

function claimsOf({ recommended, request, statusRequest }: PrioritizedContainer): readonly Claim[] {
  if (recommended === null) return [];
  const requests = statusRequest ?? request;
  return vpaResources.flatMap((resource) => {
    const target = recommended.target[resource];
    if (target === undefined) return [];
    const [lower, upper] = [recommended.lower[resource], recommended.upper[resource]];
    return [{ resource, request: requests[resource] ?? null, target, lower, upper }];
  });
}

function isOutside({ request, lower, upper }: Claim): boolean {
  return request === null || request < (lower ?? request) || request > (upper ?? request);
}

/** What is not requested counts as a thousandth of the unit in which quantities are written: 1 millicore, 1/1000 byte. */
const least: Readonly<Record<VpaResource, number>> = { cpu: 1, memory: 0.001 };

function relativeChange(claims: readonly Claim[], resource: VpaResource): number {
  const own = claims.filter((claim) => claim.resource === resource);
  if (own.length === 0) return 0;
  const requested = own.reduce((sum, { request }) => sum + (request ?? 0), 0);
  const wanted = own.reduce((sum, { target }) => sum + target, 0);
  const before = Math.max(requested, least[resource]);
  return Math.abs(before - wanted) / before;
}
