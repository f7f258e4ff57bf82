import { z } from 'zod';
import { zDuration, zTimes } from '../../domain/quantity.js';
import type { PodSpec, WarmUpSpec } from '../../domain/world-spec.js';

/** How a process warms up. */
export const podWarmUpSchema = z
  .strictObject({
    factor: zTimes
      .refine((value) => value >= 1, { message: 'must be at least 1x' })
      .meta({ description: 'CPU of the first request at a new process over that of later ones, as 3x.' }),
    requests: z.number().int().min(1).max(1e9).optional().meta({
      description: 'The surplus falls to 1/e after so many requests, and so on.',
    }),
    time: zDuration
      .refine((value) => value > 0, { message: 'must be above 0' })
      .optional()
      .meta({ description: 'Instead of requests: it falls to 1/e in every such time since the pod was ready.' }),
  })
  .refine(({ requests, time }) => (requests === undefined) !== (time === undefined), {
    message: 'must have requests or time, and not both',
  })
  .optional()
  .meta({ description: 'New processes take more CPU for a request at first; none do if left out.' });

/** What the simulator needs of it. */
export function warmUpOf({
  factor,
  requests,
  time,
}: NonNullable<z.output<typeof podWarmUpSchema>>): Required<Pick<PodSpec, 'warmUp'>> {
  const span: WarmUpSpec | null =
    requests !== undefined ? { factor, requests } : time !== undefined ? { factor, timeMicros: time } : null;
  if (span === null) throw new RangeError('a warm-up has requests or time');
  return { warmUp: span };
}
