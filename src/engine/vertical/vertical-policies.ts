import type { VerticalPolicyDefinition } from '../ports.js';
import { jvmPolicy } from './jvm-policy.js';
import { manifest } from './manifest.js';
import { multidimensional } from './multidimensional-policy.js';
import { vpaPolicy } from './vpa-policy.js';

/** The vertical policies that come with the product, by name. */
export const verticalPolicies = {
  jvm: jvmPolicy,
  manifest,
  multidimensional,
  vpa: vpaPolicy,
} as const satisfies Record<string, VerticalPolicyDefinition>;
