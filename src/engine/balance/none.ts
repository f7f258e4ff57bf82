import { z } from 'zod';
import type { BalancePolicyDefinition } from '../ports/balance-policy.js';

/** Balancers share requests by themselves. */
export const none: BalancePolicyDefinition = {
  name: 'none',
  description: 'Balancers share requests by themselves, as their section says.',
  schema: z.strictObject({}),
  commands: () => ({}),
  create: () => ({ decide: () => ({ split: null, revisions: null, rules: [], reason: 'unshared' }) }),
};
