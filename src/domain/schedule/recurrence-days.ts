import { calendarAt } from '../calendar.js';
import type { Recurrence } from './recurrence.js';

const DAY_MICROS = 86_400_000_000;

/** The days on which something recurring comes. */
export class RecurrenceDays {
  private readonly days: ReadonlySet<number> | null;
  private readonly monthDays: ReadonlySet<number> | null;
  private readonly months: ReadonlySet<number> | null;
  private readonly eitherDay: boolean;

  constructor({ days, monthDays, months, eitherDay }: Recurrence) {
    this.days = days === null ? null : new Set(days);
    this.monthDays = monthDays === null ? null : new Set(monthDays);
    this.months = months === null ? null : new Set(months);
    this.eitherDay = eitherDay;
  }

  /** Whether it comes on a day, counted from 1970-01-01. */
  has(day: number): boolean {
    const { dayOfWeek, dayOfMonth, month } = calendarAt(0, day * DAY_MICROS);
    if (!allows(this.months, month)) return false;
    const ofWeek = allows(this.days, dayOfWeek);
    const ofMonth = allows(this.monthDays, dayOfMonth);
    return this.eitherDay ? ofWeek || ofMonth : ofWeek && ofMonth;
  }
}

function allows(values: ReadonlySet<number> | null, value: number): boolean {
  return values === null || values.has(value);
}
