import { z } from 'zod';
import type { PolicyDefinition } from '../ports.js';

const schema = z.strictObject({
  replicas: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Replicas to keep; null keeps whatever has been asked for.'),
});

/** The same number of replicas, whatever happens. */
export const fixed: PolicyDefinition = {
  name: 'fixed',
  description: 'A fixed number of replicas: the one given, or whatever has been asked for.',
  schema,
  create(config) {
    const { replicas } = schema.parse(config);
    return {
      decide({ specReplicas }) {
        const desired = replicas ?? specReplicas;
        const rules = [{ rule: 'fixed', before: specReplicas, after: desired, numbers: { replicas: desired } }];
        return {
          rawDesired: null,
          desired,
          winner: null,
          metrics: [],
          rules: desired === specReplicas ? [] : rules,
          reason: 'fixed',
        };
      },
    };
  },
};
