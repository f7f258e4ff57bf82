import { calendarAt } from '../domain/calendar.js';

/** An instant as ISO 8601 in UTC, `2014-04-10T00:04:00Z`; a fraction of a second appears only where there is one. */
export function isoTime(epochMicros: number): string {
  const { year, month, dayOfMonth, sinceMidnight } = calendarAt(epochMicros, 0);
  const second = Math.floor(sinceMidnight / 1e6);
  const fraction = sinceMidnight - second * 1e6;
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map((part) => pad(part, 2));
  const tail = fraction === 0 ? '' : `.${pad(fraction, 6).replace(/0+$/, '')}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}T${clock.join(':')}${tail}Z`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
