import type { Recurrence } from './recurrence.js';
import { RecurrenceDays } from './recurrence-days.js';

const DAY_MICROS = 86_400_000_000;
const MINUTE_MICROS = 60_000_000;

/** 29 February may be eight years away. */
const FARTHEST_DAYS = 8 * 366;

/** Finds when something recurring last came; remembers the day it looked from, since it is asked every few seconds. */
export class LastOccurrence {
  private readonly days: RecurrenceDays;
  private searchedDay = NaN;
  /** The last day before `searchedDay` on which it came. */
  private earlierDay: number | null = null;

  constructor(private readonly recurrence: Recurrence) {
    this.days = new RecurrenceDays(recurrence);
  }

  /** The last instant at or before `epochMicros` (of the local clock, since 1970-01-01T00:00) when it came; null where it did not within eight years. */
  before(epochMicros: number): number | null {
    const day = Math.floor(epochMicros / DAY_MICROS);
    const minute = Math.floor((epochMicros - day * DAY_MICROS) / MINUTE_MICROS);
    const { minutes } = this.recurrence;
    if (minutes[0] <= minute && this.days.has(day)) {
      const latest = minutes.findLast((candidate) => candidate <= minute) ?? minutes[0];
      return day * DAY_MICROS + latest * MINUTE_MICROS;
    }
    const earlier = this.dayBefore(day);
    return earlier === null ? null : earlier * DAY_MICROS + minutes[minutes.length - 1] * MINUTE_MICROS;
  }

  private dayBefore(day: number): number | null {
    if (day !== this.searchedDay) {
      this.searchedDay = day;
      this.earlierDay = this.search(day);
    }
    return this.earlierDay;
  }

  private search(day: number): number | null {
    for (let earlier = day - 1; earlier >= day - FARTHEST_DAYS; earlier -= 1) {
      if (this.days.has(earlier)) return earlier;
    }
    return null;
  }
}
