import { z } from 'zod';
import type { NodePolicyDefinition } from '../ports.js';

/** The number of nodes stays as it is. */
export const fixedNodes: NodePolicyDefinition = {
  name: 'fixed',
  description: 'As many nodes as have been asked for.',
  schema: z.strictObject({}),
  create() {
    return {
      decide: ({ specNodes, unplaced }) => ({ desired: specNodes, remove: [], unplaced, rules: [], reason: 'fixed' }),
    };
  },
};
