import type { ResourceAmounts, VpaResource } from './resource-amounts.js';

/** What VPA may do with a container. */
export interface ContainerPolicy {
  /** Nothing is recommended for it. */
  readonly off: boolean;
  /** Never less than this; 0 and absent mean no bound. */
  readonly minAllowed: ResourceAmounts;
  /** Never more than this, even where `minAllowed` is higher. */
  readonly maxAllowed: ResourceAmounts;
  readonly controlledResources: readonly VpaResource[];
  /** Whether limits follow requests in proportion, or stay and cap them. */
  readonly controlledValues: 'RequestsAndLimits' | 'RequestsOnly';
}

/** The policy of a container: its own, else the one for all. Policies are not merged. */
export function policyOf(
  container: string,
  {
    policy,
    containers,
  }: { readonly policy: ContainerPolicy; readonly containers: Readonly<Record<string, ContainerPolicy>> },
): ContainerPolicy {
  return Object.hasOwn(containers, container) ? containers[container] : policy;
}
