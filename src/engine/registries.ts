import { nodePolicies } from './allocate/node-policies.js';
import { balancePolicies } from './balance/balance-policies.js';
import { nodeScalers } from './allocate/node-scalers.js';
import { forecasters } from './predict/forecasters.js';
import { policies, singlePolicies, withCombinations } from './policy/policies.js';
import type {
  ForecasterDefinition,
  NodePolicyDefinition,
  PolicyDefinition,
  VerticalPolicyDefinition,
} from './ports.js';
import type { BalancePolicyDefinition } from './ports/balance-policy.js';
import type { NodeScalerDefinition } from './ports/node-scaler-definition.js';
import { verticalPolicies } from './vertical/vertical-policies.js';

/** What can be named in a scenario; a plugin adds to it. */
export interface Registries {
  readonly policies: Readonly<Record<string, PolicyDefinition>>;
  readonly forecasters: Readonly<Record<string, ForecasterDefinition>>;
  readonly nodePolicies: Readonly<Record<string, NodePolicyDefinition>>;
  readonly nodeScalers: Readonly<Record<string, NodeScalerDefinition>>;
  readonly verticalPolicies: Readonly<Record<string, VerticalPolicyDefinition>>;
  readonly balancePolicies: Readonly<Record<string, BalancePolicyDefinition>>;
}

/** The policies and forecasters that come with the product. */
export const builtIn = {
  policies,
  forecasters,
  nodePolicies,
  nodeScalers,
  verticalPolicies,
  balancePolicies,
} as const satisfies Registries;

/** The built-in registries and more; what is made of policies can be made of the new ones too. A name of `more` wins. */
export function extendedBy(more: Partial<Registries>): Registries {
  return {
    policies: withCombinations({ ...singlePolicies, ...more.policies }),
    forecasters: { ...forecasters, ...more.forecasters },
    nodePolicies: { ...nodePolicies, ...more.nodePolicies },
    nodeScalers: { ...nodeScalers, ...more.nodeScalers },
    verticalPolicies: { ...verticalPolicies, ...more.verticalPolicies },
    balancePolicies: { ...balancePolicies, ...more.balancePolicies },
  };
}
