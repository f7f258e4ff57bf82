import type { NodePolicyDefinition } from '../ports.js';
import { fixedNodes } from './fixed-nodes.js';
import { pendingPods } from './pending-pods.js';
import { scheduledNodes } from './scheduled-nodes.js';

/** The node policies that come with the product, by name. */
export const nodePolicies = {
  fixed: fixedNodes,
  'pending-pods': pendingPods,
  scheduled: scheduledNodes,
} as const satisfies Record<string, NodePolicyDefinition>;
