import { type CappedAmounts, type NamedBound, capAmounts } from './cap-amounts.js';
import type { ContainerPolicy } from './container-policy.js';
import { type ContainerLimitRange, limitRangeBounds } from './limit-range.js';
import { type ContainerResources, proportionalLimits } from './proportional-limit.js';
import type { AmountsRecommended } from './recommend-containers.js';
import type { ResourceAmounts } from './resource-amounts.js';

/** The bounds of a container's policy. The higher bound wins over the lower one. */
export function policyBounds({ minAllowed, maxAllowed }: ContainerPolicy): readonly NamedBound[] {
  return [
    { rule: 'min-allowed', side: 'at-least', bound: minAllowed },
    { rule: 'max-allowed', side: 'at-most', bound: maxAllowed },
  ];
}

/** Where a recommendation is to be used. */
export interface ContainerPlace {
  readonly resources: ContainerResources;
  readonly policy: ContainerPolicy;
  /** null where the namespace has none. */
  readonly limitRange: ContainerLimitRange | null;
}

/**
 * A recommendation as it holds for one container: within the LimitRange, then the policy, then below its limit where limits stay.
 *
 * Source: VPA, cappingRecommendationProcessor.
 */
export function processRecommendation(
  { target, lower, upper }: AmountsRecommended,
  place: ContainerPlace,
): { readonly recommended: AmountsRecommended; readonly target: CappedAmounts } {
  const bounds = boundsOf(place);
  const capped = capAmounts(target, bounds);
  const recommended = {
    target: capped.amounts,
    lower: capAmounts(lower, bounds).amounts,
    upper: capAmounts(upper, bounds).amounts,
  };
  return { recommended, target: capped };
}

/** What a container gets: the target as request, and limits in proportion unless they stay. What is not recommended stays. */
export function admittedResources(
  target: ResourceAmounts,
  { resources, policy, limitRange }: ContainerPlace,
): ContainerResources {
  const request = { ...resources.request, ...target };
  if (policy.controlledValues === 'RequestsOnly') return { request, limit: resources.limit };
  const limits = proportionalLimits(target, resources, limitRange?.defaultLimit);
  return { request, limit: { ...resources.limit, ...limits } };
}

function boundsOf({ resources, policy, limitRange }: ContainerPlace): readonly NamedBound[] {
  const limits: NamedBound = { rule: 'container-limit', side: 'at-most', bound: resources.limit };
  return [
    ...(limitRange === null ? [] : limitRangeBounds(limitRange, resources)),
    ...policyBounds(policy),
    ...(policy.controlledValues === 'RequestsOnly' ? [limits] : []),
  ];
}
