import { z } from 'zod';
import { parseDuration, zPositiveDuration, zShare } from '../../domain/quantity.js';
import type { ClientSpec } from '../../domain/traffic-spec.js';
import { connectionSchema, connectionsOf } from './connection-schema.js';

const zBackoff = z
  .string()
  .transform((text, context) => {
    const [first, last, ...more] = text.split('..').map((part) => parseDuration(part));
    if (first == null || last === null || more.length > 0) {
      context.addIssue({
        code: 'custom',
        message: `must be a length of time or two, as 100ms or 100ms..2s, was ${JSON.stringify(text)}`,
      });
      return z.NEVER;
    }
    if (last !== undefined && last < first) {
      context.addIssue({ code: 'custom', message: `must not shrink, was ${JSON.stringify(text)}` });
      return z.NEVER;
    }
    return { first, last: last ?? first };
  })
  .meta({ description: 'back-off before the first and at most before the last retry, doubling, as 100ms..2s' });

const zRetries = z
  .strictObject({
    max: z.number().int().min(0).max(100).prefault(2).meta({ description: 'Further attempts after the first.' }),
    backoff: zBackoff.prefault('100ms..2s'),
    jitter: z
      .enum(['full', 'none'])
      .prefault('full')
      .meta({ description: 'full: anywhere between 0 and the back-off.' }),
    budget: zShare
      .optional()
      .meta({ description: 'Retries allowed as a share of first attempts; no limit if left out.' }),
    elsewhere: z.boolean().optional().meta({
      description: 'Whether a retry avoids the pods already tried, as far as three further choices find another.',
    }),
    burst: z.number().min(0).prefault(10).meta({ description: 'Retries that the budget starts with and may save up.' }),
  })
  .meta({ description: 'Retries by the caller.' });

/** What a caller does about slowness and failure: fields shared by `client` sections and calls. */
export const clientFields = {
  timeout: zPositiveDuration.optional().meta({ description: 'How long one attempt may take; for ever if left out.' }),
  serverStops: z
    .boolean()
    .prefault(false)
    .meta({ description: 'Whether the server stops working on an attempt whose caller has gone.' }),
  retries: zRetries.optional(),
  connections: connectionSchema,
};

/** A `client` section. */
export const clientSchema = z
  .strictObject(clientFields)
  .meta({ description: 'What callers do about slowness and failure.' });

/** Turns the fields of a client into what the simulator needs. */
export function clientOf(section: z.output<typeof clientSchema>): ClientSpec {
  const { timeout, serverStops, retries, connections } = section;
  const retry =
    retries === undefined || retries.max === 0
      ? null
      : {
          max: retries.max,
          backoffFirstMicros: retries.backoff.first,
          backoffLastMicros: retries.backoff.last,
          jitter: retries.jitter,
          budget: retries.budget ?? null,
          budgetBurst: retries.burst,
          ...(retries.elsewhere === undefined ? {} : { elsewhere: retries.elsewhere }),
        };
  return { timeoutMicros: timeout ?? null, serverStops, retry, ...connectionsOf(connections) };
}
