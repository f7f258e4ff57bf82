import { z } from 'zod';
import type { VerticalPolicyDefinition } from '../ports.js';

/** Requests and limits stay what they are. */
export const manifest: VerticalPolicyDefinition = {
  name: 'manifest',
  description: 'Requests and limits stay as the manifest has them.',
  schema: z.strictObject({}),
  create() {
    return {
      decide: ({ template }) => ({
        recommendation: { cpu: null, memory: null },
        template,
        evict: [],
        resize: [],
        rules: [],
        holdsHorizontal: null,
        reason: 'held',
      }),
    };
  },
};
