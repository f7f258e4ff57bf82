import { DAY_NAMES } from './parse-field.js';
import type { Recurrence } from './recurrence.js';

/** Reads a time as `08:00` on days as `mon-fri`, `sat,sun` or `fri-mon`; returns a sentence saying what is wrong where it is none. */
export function parseTimeOfDay(at: string, days: string | null): Recurrence | string {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(at.trim());
  if (match === null) return `at must be a time of day from 00:00 to 23:59, was '${at}'`;
  const weekdays = days === null ? null : parseDays(days);
  if (typeof weekdays === 'string') return weekdays;
  return {
    text: days === null ? at : `${at} ${days}`,
    minutes: [Number(match[1]) * 60 + Number(match[2])],
    days: weekdays,
    monthDays: null,
    months: null,
    eitherDay: false,
  };
}

function parseDays(text: string): number[] | string {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(/\s*,\s*/)) {
    const [start, end] = part.trim().split('-');
    const first = DAY_NAMES.indexOf(start);
    const last = end === undefined ? first : DAY_NAMES.indexOf(end);
    if (first < 0 || last < 0) {
      return `days must be names or ranges of ${DAY_NAMES.join(', ')}, as mon-fri or sat,sun, was '${text}'`;
    }
    // A range may run over the end of the week: fri-mon.
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === last) break;
    }
  }
  return [...days].sort((a, b) => a - b);
}
