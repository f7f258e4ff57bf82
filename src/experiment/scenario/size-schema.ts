import { z } from 'zod';
import type { MessageSize } from '../../domain/network-spec.js';
import { zBytes } from '../../domain/quantity.js';

const zPositiveBytes = zBytes.refine((value) => value > 0, { message: 'must be above 0' });

/** Size of a message: fixed, or drawn for each. In bytes. */
export const zSize = z
  .union([
    zBytes.transform((bytes): MessageSize => bytes),
    z
      .strictObject({ exponential: zPositiveBytes.meta({ description: 'Mean.' }) })
      .transform(({ exponential }): MessageSize => ({ kind: 'exponential', mean: exponential })),
    z
      .strictObject({ lognormal: z.strictObject({ mean: zPositiveBytes, cv: z.number().gt(0) }) })
      .transform(({ lognormal: { mean, cv } }): MessageSize => {
        const variance = Math.log1p(cv * cv);
        return { kind: 'lognormal', mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
      }),
  ])
  .meta({ description: 'a size, as 40KiB, or a distribution, as { lognormal: { mean: 40KiB, cv: 1 } }' });

/** What is taken where nobody said. */
export const usualSizes = { requestBytes: 1e3, responseBytes: 1e4 } as const;
