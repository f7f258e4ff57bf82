import { z } from 'zod';
import { readRecurrence } from '../../domain/schedule/read-recurrence.js';
import { zRecurrence } from '../../domain/schedule/recurrence.js';
import { offsetMicros, zUtcOffset } from '../../domain/schedule/utc-offset-schema.js';

/** What the scheduled policy runs on, after every notation has been read. */
export const zScheduledSettings = z.strictObject({
  /** Of the local clock before UTC's. */
  utcOffsetMicros: z.number(),
  entries: z
    .array(
      z.strictObject({
        recurrence: zRecurrence,
        /** Exactly this many; null where `min` is given. */
        replicas: z.int().min(0).nullable(),
        /** At least this many; null where `replicas` is given. */
        min: z.int().min(0).nullable(),
      }),
    )
    .min(1),
});

const zCount = z.int().min(0).optional();

const zEntry = z
  .strictObject({
    at: z.string().optional().describe('Time of day, as 08:00.'),
    days: z.string().optional().describe('Days of the week, as mon-fri or sat,sun; every day without it.'),
    cron: z.string().optional().describe('Standard cron expression of five fields, instead of `at` and `days`.'),
    replicas: zCount.describe('Replicas from then on.'),
    min: zCount.describe('At least so many replicas from then on, instead of `replicas`.'),
  })
  .transform(({ at, days, cron, replicas, min }, context) => {
    const complain = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if ((replicas === undefined) === (min === undefined)) return complain('must have either replicas or min');
    const recurrence = readRecurrence({ at, days, cron });
    if (typeof recurrence === 'string') return complain(recurrence);
    return { recurrence, replicas: replicas ?? null, min: min ?? null };
  });

/** The section as people write it. */
export const zScheduled = z
  .strictObject({ utcOffset: zUtcOffset, schedule: z.array(zEntry).min(1) })
  .transform(({ utcOffset, schedule }) => ({ utcOffsetMicros: offsetMicros(utcOffset), entries: schedule }))
  .pipe(zScheduledSettings);
