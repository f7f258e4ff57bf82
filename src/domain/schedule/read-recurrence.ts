import { parseCron } from './parse-cron.js';
import { parseTimeOfDay } from './parse-time-of-day.js';
import type { Recurrence } from './recurrence.js';

/** How people write when something recurs: a time of day with days of the week, or a cron expression. */
export interface WrittenRecurrence {
  readonly at?: string | undefined;
  readonly days?: string | undefined;
  readonly cron?: string | undefined;
}

/** Reads when something recurs; returns a sentence saying what is wrong where that is not clear. */
export function readRecurrence({ at, days, cron }: WrittenRecurrence): Recurrence | string {
  if (cron !== undefined) {
    return at === undefined && days === undefined ? parseCron(cron) : 'must have either cron or at with days, has both';
  }
  return at === undefined ? 'must have at (as 08:00) or cron' : parseTimeOfDay(at, days ?? null);
}
