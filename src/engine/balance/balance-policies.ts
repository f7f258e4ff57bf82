import type { BalancePolicyDefinition } from '../ports/balance-policy.js';
import { canaryPolicy } from './canary/canary-policy.js';
import { none } from './none.js';
import { weightsByCapacity } from './weights-by-capacity.js';
import { weightsByLatency } from './weights-by-latency.js';
import { weightsByZone } from './weights-by-zone.js';

/** The balance policies that come with the product, by name. */
export const balancePolicies = {
  canary: canaryPolicy,
  none,
  'weights-by-capacity': weightsByCapacity,
  'weights-by-latency': weightsByLatency,
  'weights-by-zone': weightsByZone,
} as const satisfies Record<string, BalancePolicyDefinition>;
