import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zShare } from '../../domain/quantity.js';
import type { CallSpec } from '../../domain/traffic-spec.js';
import { cacheOf, cacheSchema } from './cache-schema.js';
import { clientFields, clientOf } from './client-schema.js';
import type { QueueConsumers } from './consumers-by-queue.js';
import { usualSizes, zSize } from './size-schema.js';

const zName = z
  .string()
  .min(1)
  .meta({ description: 'Name of a workload or a dependency; or of a queue, to which a job is published.' });

const zOneCall = z.union([
  zName.transform((to) => ({
    to,
    probability: 1,
    cache: undefined,
    serverStops: false,
    request: undefined,
    response: undefined,
  })),
  z.strictObject({
    to: zName,
    probability: zShare.prefault('100%').meta({ description: 'Chance that the call is made.' }),
    cache: cacheSchema,
    request: zSize.optional().meta({ description: 'Size of a request; 1kB if left out.' }),
    response: zSize.optional().meta({ description: 'Size of a response; 10kB if left out.' }),
    ...clientFields,
  }),
]);

/** Calls one after the other; `{ all: [...] }` makes its calls at once. */
export const callsSchema = z
  .array(
    z.union([
      zOneCall.transform((call) => [call]),
      z
        .strictObject({ all: z.array(zOneCall).min(1).meta({ description: 'Calls made at once.' }) })
        .transform(({ all }) => all),
    ]),
  )
  .meta({ description: 'Calls to workloads and dependencies, one after the other; the worker is held meanwhile.' });

/** Calls as written, units resolved: groups one after the other. */
export type Calls = z.output<typeof callsSchema>;

/** What serving a request takes. */
export const workFields = {
  cpu: zDistribution.optional(),
  wait: zDistribution.optional(),
  calls: callsSchema.optional(),
};

/** Turns calls into what the simulator needs; one to a queue goes to the workload that consumes it. */
export function callsOf(calls: Calls, consumers: QueueConsumers): readonly (readonly CallSpec[])[] {
  return calls.map((group) =>
    group.map(({ to, probability, cache, request, response, ...client }) => ({
      target: consumers.get(to) ?? to,
      ...(consumers.has(to) ? { queue: to } : {}),
      probability,
      ...cacheOf(cache),
      client: clientOf(client),
      sizes: {
        requestBytes: request ?? usualSizes.requestBytes,
        responseBytes: response ?? usualSizes.responseBytes,
      },
    })),
  );
}
