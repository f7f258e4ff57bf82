import { z } from 'zod';
import { zDuration, zMemory } from '../../domain/quantity.js';
import type { PodSpec } from '../../domain/world-spec.js';

/** What a pod requests, may use, and uses of memory. */
export const memorySchema = z
  .strictObject({
    request: zMemory.prefault('256Mi').meta({ description: 'Memory request, as 512Mi.' }),
    limit: zMemory
      .optional()
      .meta({ description: 'Memory limit; a container that uses more is OOM-killed. None if left out.' }),
    idle: zMemory.prefault('128Mi').meta({ description: 'Memory that a pod uses when idle.' }),
    perRequest: zMemory.prefault('0Mi').meta({ description: 'Memory that each request on board adds.' }),
    growthPerHour: zMemory.optional().meta({ description: 'What a container leaks in an hour, as 50Mi.' }),
    cache: z
      .strictObject({
        size: zMemory,
        fill: zDuration.refine((value) => value > 0, { message: 'must be above 0' }),
      })
      .optional()
      .meta({ description: 'Caches inside a container: { size: 200Mi, fill: 10m }, evenly from its start on.' }),
  })
  .refine((given) => given.limit === undefined || given.limit >= given.request, {
    path: ['limit'],
    message: 'must be at least the request',
  })
  .prefault({});

/** Memory as the simulator knows it. */
export function memoryOf(
  memory: z.output<typeof memorySchema>,
): Pick<
  PodSpec,
  | 'memoryRequestMiB'
  | 'memoryIdleMiB'
  | 'memoryPerRequestMiB'
  | 'memoryLimitMiB'
  | 'memoryGrowthMiBPerHour'
  | 'memoryCache'
> {
  const { request, limit, idle, perRequest, growthPerHour, cache } = memory;
  return {
    memoryRequestMiB: request,
    memoryIdleMiB: idle,
    memoryPerRequestMiB: perRequest,
    ...(limit === undefined ? {} : { memoryLimitMiB: limit }),
    ...(growthPerHour === undefined ? {} : { memoryGrowthMiBPerHour: growthPerHour }),
    ...(cache === undefined ? {} : { memoryCache: { sizeMiB: cache.size, fillMicros: cache.fill } }),
  };
}
