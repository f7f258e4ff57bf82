import { z } from 'zod';

/**
 * Instants that come again and again on a calendar, as plain values.
 *
 * `days`, `monthDays` and `months` are null where they do not restrict.
 */
export const zRecurrence = z.strictObject({
  /** As the user wrote it. */
  text: z.string(),
  /** Minutes since midnight, increasing, at least one. */
  minutes: z.array(z.int().min(0).max(1439)).min(1),
  /** Days of the week, 0 is Sunday. */
  days: z.array(z.int().min(0).max(6)).nullable(),
  /** Days of the month. */
  monthDays: z.array(z.int().min(1).max(31)).nullable(),
  /** Months, 1 is January. */
  months: z.array(z.int().min(1).max(12)).nullable(),
  /** Where both kinds of days restrict, whether it is enough that one of them fits; crontab(5) has it so. */
  eitherDay: z.boolean(),
});

/** Instants that come again and again on a calendar. */
export type Recurrence = z.output<typeof zRecurrence>;
