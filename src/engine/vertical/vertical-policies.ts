import type { VerticalPolicyDefinition } from '../ports.js';
import { manifest } from './manifest.js';

/** The vertical policies that come with the product, by name. */
export const verticalPolicies = { manifest } as const satisfies Record<string, VerticalPolicyDefinition>;
