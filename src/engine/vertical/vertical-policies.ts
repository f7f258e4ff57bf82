import type { VerticalPolicyDefinition } from '../ports.js';
import { manifest } from './manifest.js';
import { vpaPolicy } from './vpa-policy.js';

/** The vertical policies that come with the product, by name. */
export const verticalPolicies = { manifest, vpa: vpaPolicy } as const satisfies Record<string, VerticalPolicyDefinition>;
