import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zDuration } from '../../domain/quantity.js';
import type { UserSpec } from '../../domain/traffic-spec.js';
import { meanOf } from '../../kernel/distributions.js';
import type { RunSpan } from './run-span.js';

const zCount = z.number().int().min(0).max(1_000_000);

const zSteps = z
  .array(
    z.strictObject({
      at: zDuration.meta({ description: 'From when on, from the start of the run.' }),
      users: zCount.meta({ description: 'How many there are then.' }),
    }),
  )
  .min(1)
  .refine((steps) => steps.every(({ at }, i) => i === 0 || at > steps[i - 1].at), {
    message: 'must be in the order of time, each at later than the one before',
  });

/** Users in a closed loop, instead of a trace or a generated rate. */
export const userFields = {
  users: z.union([zCount, zSteps]).optional().meta({
    description:
      'Users who ask, wait for the end, think and ask again: their number, as 200, or how it changes, as [{ at: 0s, users: 50 }, { at: 10m, users: 200 }].',
  }),
  thinkTime: zDistribution
    .refine((think) => meanOf(think) > 0, { message: 'must be above 0' })
    .optional()
    .meta({ description: 'From the end of a request to the next of the same user.' }),
};

/** The users of a source, from the warm-up on, at first as many as at the start of the run; nothing where there are none. */
export function usersOf(
  { users, thinkTime }: z.output<z.ZodObject<typeof userFields>>,
  { warmUpMicros }: RunSpan,
): { readonly users?: UserSpec } {
  if (users === undefined || thinkTime === undefined) return {};
  const steps = typeof users === 'number' ? [{ at: 0, users }] : users;
  const first = steps[0].at === 0 ? steps[0].users : 0;
  const later = steps.filter(({ at }) => at > 0);
  return {
    users: {
      edgesMicros: Float64Array.of(0 - warmUpMicros, ...later.map(({ at }) => at)),
      counts: Float64Array.of(first, ...later.map((step) => step.users)),
      thinkTime,
    },
  };
}
