import type { Recurrence } from './recurrence.js';
import { RecurrenceDays } from './recurrence-days.js';

const DAY_MICROS = 86_400_000_000;
const MINUTE_MICROS = 60_000_000;

/** 29 February may be eight years away. */
const FARTHEST_DAYS = 8 * 366;

/** Finds when something recurring comes next; remembers the answer until it has come, since it is asked every few seconds in the order of time. */
export class NextOccurrence {
  private readonly days: RecurrenceDays;
  private askedAt = Infinity;
  private answer: number | null = null;

  constructor(private readonly recurrence: Recurrence) {
    this.days = new RecurrenceDays(recurrence);
  }

  /** The first instant later than `epochMicros` (of the local clock, since 1970-01-01T00:00) when it comes; null where it does not within eight years. */
  after(epochMicros: number): number | null {
    const stands = epochMicros >= this.askedAt && this.answer !== null && epochMicros < this.answer;
    if (!stands) {
      this.askedAt = epochMicros;
      this.answer = this.search(epochMicros);
    }
    return this.answer;
  }

  private search(epochMicros: number): number | null {
    const { minutes } = this.recurrence;
    const today = Math.floor(epochMicros / DAY_MICROS);
    for (let day = today; day <= today + FARTHEST_DAYS; day += 1) {
      if (!this.days.has(day)) continue;
      const later = minutes.find((minute) => day * DAY_MICROS + minute * MINUTE_MICROS > epochMicros);
      if (later !== undefined) return day * DAY_MICROS + later * MINUTE_MICROS;
    }
    return null;
  }
}
