import { type Micros, micros } from '../kernel/micros.js';

const DAY = 86_400_000_000;

/** An instant as a calendar shows it, in UTC. */
export interface CalendarTime {
  /** 0 is Sunday. */
  readonly dayOfWeek: number;
  readonly dayOfMonth: number;
  /** 1 is January. */
  readonly month: number;
  readonly year: number;
  /** Microseconds since midnight. */
  readonly sinceMidnight: Micros;
}

/** Reads the calendar at an instant of a run whose time zero is `originEpochMicros` after 1970-01-01T00:00Z. */
export function calendarAt(originEpochMicros: number, at: number): CalendarTime {
  const epoch = originEpochMicros + at;
  const days = Math.floor(epoch / DAY);
  return { ...civilFromDays(days), dayOfWeek: (((days + 4) % 7) + 7) % 7, sinceMidnight: micros(epoch - days * DAY) };
}

/** Source: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days. */
function civilFromDays(days: number): { year: number; month: number; dayOfMonth: number } {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}
