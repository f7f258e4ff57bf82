import { type ResourceAmounts, type VpaResource, mapAmounts } from './resource-amounts.js';

/** What a container requests and may use, before a recommendation. */
export interface ContainerResources {
  readonly request: ResourceAmounts;
  /** A resource without a limit is absent. */
  readonly limit: ResourceAmounts;
}

/**
 * Limits in the same proportion to the recommended requests as the old ones to the old requests.
 *
 * No limit stays none; a limit without a request, or equal to it, becomes equal to the recommendation. Cut off to whole amounts.
 * `defaults` are limits of a LimitRange for containers without one. Source: VPA, GetProportionalLimit.
 */
export function proportionalLimits(
  recommended: ResourceAmounts,
  { request, limit }: ContainerResources,
  defaults: ResourceAmounts = {},
): ResourceAmounts {
  const limits: Partial<Record<VpaResource, number>> = {};
  mapAmounts(recommended, (amount, resource) => {
    const old = present(limit[resource]) ?? present(defaults[resource]);
    const followed = old === undefined || amount === 0 ? undefined : follow(old, present(request[resource]), amount);
    if (followed !== undefined) limits[resource] = followed;
    return amount;
  });
  return limits;
}

function follow(limit: number, request: number | undefined, recommended: number): number {
  return request === undefined || request === limit ? recommended : scaleExactly(limit, recommended, request);
}

/** `a * b / c` cut off to a whole number; bytes times bytes do not fit into a double. */
export function scaleExactly(a: number, b: number, c: number): number {
  return Number((BigInt(Math.trunc(a)) * BigInt(Math.trunc(b))) / BigInt(Math.max(1, Math.trunc(c))));
}

function present(amount: number | undefined): number | undefined {
  return amount === 0 ? undefined : amount;
}
