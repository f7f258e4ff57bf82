import { z } from 'zod';
import type { ConnectionPoolSpec } from '../../domain/connection-spec.js';
import { zDuration } from '../../domain/quantity.js';

/** Connections that a client keeps: how many, and when it closes one. */
export const connectionSchema = z
  .strictObject({
    pool: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .meta({ description: 'Connections kept, by the source or by each pod that calls; requests take them in turn.' }),
    maxAge: zDuration
      .refine((value) => value > 0, { message: 'must be above 0' })
      .optional()
      .meta({ description: 'Age at which a connection is closed, give or take a tenth; never if left out.' }),
    maxRequests: z
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Requests after which a connection is closed; no limit if left out.' }),
  })
  .optional()
  .meta({
    description:
      'Connections kept to a balancer that works per connection; a new one for every request if left out. Requests share them, as with HTTP/2.',
  });

/** Turns the section into what the simulator needs. */
export function connectionsOf(section: z.output<typeof connectionSchema>): { connections?: ConnectionPoolSpec } {
  if (section === undefined) return {};
  const { pool, maxAge, maxRequests } = section;
  return { connections: { size: pool, maxAgeMicros: maxAge ?? null, maxRequests: maxRequests ?? null } };
}
