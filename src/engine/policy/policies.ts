import type { PolicyDefinition } from '../ports.js';
import { fixed } from './fixed-policy.js';
import { hpa } from './hpa-policy.js';
import { keda } from './keda-policy.js';
import { kpa } from './kpa-policy.js';
import { scheduled } from './scheduled-policy.js';

/** The horizontal policies that come with the product, by name. */
export const policies = { fixed, hpa, keda, kpa, scheduled } as const satisfies Record<string, PolicyDefinition>;
