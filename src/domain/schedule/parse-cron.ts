import { DAY_NAMES, MONTH_NAMES, parseField } from './parse-field.js';
import type { Recurrence } from './recurrence.js';

const FIELDS = [
  { name: 'minute', low: 0, high: 59, names: [] },
  { name: 'hour', low: 0, high: 23, names: [] },
  { name: 'day of month', low: 1, high: 31, names: [] },
  { name: 'month', low: 1, high: 12, names: MONTH_NAMES },
  // 7 is Sunday as well, which also lets `fri-7` and `5-7` run over the weekend.
  { name: 'day of week', low: 0, high: 7, names: DAY_NAMES },
] as const;

/** Reads a standard cron expression of five fields, as crontab(5) has it; returns a sentence saying what is wrong where it is none. */
export function parseCron(text: string): Recurrence | string {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `cron must have five fields (minute hour day month weekday), was '${text}'`;
  }
  const fields: number[][] = [];
  for (let i = 0; i < FIELDS.length; i += 1) {
    const values = parseField(parts[i], FIELDS[i]);
    if (typeof values === 'string') return values;
    fields.push(values);
  }
  const [minutes, hours, monthDays, months, days] = fields;
  return {
    text: parts.join(' '),
    minutes: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)),
    days: parts[4] === '*' ? null : weekdays(days),
    monthDays: parts[2] === '*' ? null : monthDays,
    months: months.length === 12 ? null : months,
    // A field that starts with a star, as `*/2`, counts as unrestricted here: then both must fit (crontab(5), cron's entry.c).
    eitherDay: !parts[2].startsWith('*') && !parts[4].startsWith('*'),
  };
}

function weekdays(days: readonly number[]): number[] {
  return [...new Set(days.map((day) => day % 7))].sort((a, b) => a - b);
}
