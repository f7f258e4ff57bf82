import { z } from 'zod';
import type { ForecasterDefinition } from '../ports.js';
import { LaggedCopy } from './lagged-copy.js';

/** Longest horizon it can judge itself at: three hours. */
const DEPTH_MICROS = 10_800_000_000;

const schema = z.strictObject({
  leastResiduals: z
    .int()
    .min(1)
    .max(1440)
    .default(99)
    .describe('Realised forecasts, one a minute, before it speaks; 99 is the fewest that know a 99th percentile.'),
});

/** What is now goes on: the forecast to beat. */
export const persistence: ForecasterDefinition = {
  name: 'persistence',
  description: 'The newest value goes on; quantiles from how wrong that has been at the same horizon.',
  schema,
  create(config) {
    const { leastResiduals } = schema.parse(config);
    return new LaggedCopy({
      model: 'persistence',
      lagOf: (horizon) => horizon,
      depthMicros: DEPTH_MICROS,
      leastResiduals,
      needs: `needs ${leastResiduals} realised forecasts, one a minute`,
    });
  },
};
