import { z } from 'zod';
import { zDuration } from '../../domain/quantity.js';
import type { ForecasterDefinition } from '../ports.js';
import { LaggedCopy } from './lagged-copy.js';

const HOUR_MICROS = 3_600_000_000;

/** At least as much history as the longest useful horizon. */
const LEAST_DEPTH_MICROS = 3 * HOUR_MICROS;

const settings = z.strictObject({
  seasonMicros: z
    .int()
    .min(HOUR_MICROS / 12, { message: 'season must be at least 5m' })
    .max(2 * 604_800_000_000, { message: 'season must be at most 2w' }),
  leastResiduals: z.int().min(1).max(1440),
});

const schema = z
  .strictObject({
    season: zDuration.prefault('24h').describe('Length of the pattern that repeats.'),
    leastResiduals: z
      .int()
      .min(1)
      .max(1440)
      .default(99)
      .describe('Realised forecasts, one a minute, before it speaks; 99 is the fewest that know a 99th percentile.'),
  })
  .transform(({ season, leastResiduals }): z.input<typeof settings> => ({ seasonMicros: season, leastResiduals }))
  .pipe(settings);

/** What was a season ago comes again. */
export const seasonalNaive: ForecasterDefinition = {
  name: 'seasonal-naive',
  description: 'The value of one season ago comes again; quantiles from how wrong that has been.',
  schema,
  create(config) {
    const { seasonMicros, leastResiduals } = settings.parse(config);
    const hours = (seasonMicros + leastResiduals * 60_000_000) / HOUR_MICROS;
    return new LaggedCopy({
      model: 'seasonal-naive',
      lagOf: (horizon) => Math.ceil(horizon / seasonMicros) * seasonMicros,
      depthMicros: Math.max(seasonMicros, LEAST_DEPTH_MICROS),
      leastResiduals,
      needs: `needs ${hours.toFixed(1)} h of history with ${leastResiduals} realised forecasts, one a minute`,
    });
  },
};
