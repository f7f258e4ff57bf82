import { InputError } from '../domain/errors.js';
import { parseDuration } from '../domain/quantity.js';
import { type Micros, micros } from '../kernel/micros.js';

const clockTime = /^(-)?(?:(\d+)d\s*)?(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?$/;

/**
 * Reads an instant of a run from the command line: time since the end of the warm-up as `12:03`, `12:03:15`, `1d 00:30` or `90m`,
 * or the calendar's, as `2026-01-05T12:03:00Z`, or `2026-01-05 12:03:00 UTC` as charts show it.
 */
export function runInstant(text: string, originEpochMicros: number, option: string): Micros {
  const match = clockTime.exec(text.trim());
  if (match !== null) {
    const [, minus, days = '0', hours, minutes, seconds = '0'] = match;
    const value = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return micros(value * 1e6 * (minus === undefined ? 1 : -1));
  }
  const length = parseDuration(text);
  if (length !== null) return length;
  const iso = text
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
    .replace(/ UTC$/, 'Z');
  const epoch = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(iso) ? Date.parse(iso) : NaN;
  if (Number.isFinite(epoch)) return micros(epoch * 1000 - originEpochMicros);
  throw new InputError(
    { source: option },
    `must be a time of the run, as 12:03, 1d 00:30, 90m or 2026-01-05T12:03:00Z, was ${JSON.stringify(text)}`,
  );
}
