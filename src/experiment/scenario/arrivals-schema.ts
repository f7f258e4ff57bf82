import { z } from 'zod';
import { zDuration, zShare, zTimes } from '../../domain/quantity.js';
import type { ArrivalModel } from '../../domain/traffic-spec.js';

const zGamma = z
  .strictObject({
    gamma: z.strictObject({
      cv: z
        .number()
        .min(0.05)
        .max(20)
        .prefault(2)
        .meta({ description: 'Standard deviation of a gap over its mean; 1 is a Poisson process.' }),
    }),
  })
  .transform(({ gamma }): ArrivalModel => ({ kind: 'gamma', cv: gamma.cv }));

const zModulated = z
  .strictObject({
    mmpp: z.strictObject({
      ratio: z
        .union([z.number(), zTimes])
        .refine((ratio) => ratio >= 1, { message: 'must be at least 1x' })
        .prefault('5x')
        .meta({ description: 'Rate in a burst over the rate in the calm between.' }),
      burst: zDuration
        .refine((length) => length > 0, { message: 'must be above 0' })
        .prefault('30s')
        .meta({ description: 'Mean length of a burst.' }),
      share: zShare
        .refine((share) => share > 0 && share < 1, { message: 'must be above 0% and below 100%' })
        .prefault('10%')
        .meta({ description: 'Share of the time that is burst.' }),
    }),
  })
  .transform(({ mmpp }): ArrivalModel => {
    return { kind: 'mmpp', ratio: mmpp.ratio, burstMicros: mmpp.burst, share: mmpp.share };
  });

/** How requests lie inside a bin: a word, or a model with its parameters as `{ gamma: { cv: 2 } }`. */
export const arrivalsSchema = z
  .union([z.enum(['poisson', 'exact-count', 'uniform', 'interpolated']), zGamma, zModulated])
  .meta({
    description:
      'How requests lie inside a bin of the trace or of the curve: poisson, exact-count, uniform, interpolated, ' +
      '{ gamma: { cv: 2 } } or { mmpp: { ratio: 5x, burst: 30s, share: 10% } }.',
  });
