import { z } from 'zod';
import { zShare } from '../../domain/quantity.js';
import type { CallSpec } from '../../domain/traffic-spec.js';

/** The cache in front of a call. */
export const cacheSchema = z
  .strictObject({
    hitRatio: zShare.meta({ description: 'Share of the lookups that a warm cache answers, as 90%.' }),
    warm: z.number().min(1).max(1e12).prefault(10_000).meta({
      description:
        'Lookups after which a cold cache answers 63% of what a warm one does: hitRatio (1 - exp(-n / warm)).',
    }),
    shared: z.boolean().prefault(false).meta({
      description:
        'false: every pod of the caller has its own, cold at its start; true: one, its keys spread over the pods by consistent hashing, so that a pod that comes or goes costs its part of them.',
    }),
  })
  .optional()
  .meta({ description: 'A cache asked before the call is made: { hitRatio: 90%, warm: 10000 }; none if left out.' });

/** A cache as the simulator knows it. */
export function cacheOf(cache: z.output<typeof cacheSchema>): Pick<CallSpec, 'cache'> {
  if (cache === undefined) return {};
  return { cache: { hitRatio: cache.hitRatio, warmLookups: cache.warm, shared: cache.shared } };
}
