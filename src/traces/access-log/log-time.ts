import { daysFromCivil, daysInMonth } from '../civil-days.js';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const local = /^(\d\d)\/([A-Z][a-z][a-z])\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;
const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):?(\d\d))$/;

/** Reads `17/May/2015:10:05:03 +0000` as microseconds since 1970-01-01T00:00Z; NaN where it is no such time. */
export function localLogTime(text: string): number {
  const match = local.exec(text);
  if (match === null) return NaN;
  const [day, , year, hour, minute, second] = match.slice(1, 7).map(Number);
  const month = months.indexOf(match[2]) + 1;
  return instant([year, month, day], [hour, minute, second], offsetSeconds(match[7], match[8], match[9]));
}

/** Reads `2015-05-17T10:05:03+00:00`, with or without a fraction, as microseconds since 1970-01-01T00:00Z; NaN where it is no such time. */
export function isoLogTime(text: string): number {
  const match = iso.exec(text);
  if (match === null) return NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const offset = match[8] === undefined ? 0 : offsetSeconds(match[8], match[9], match[10]);
  return instant([year, month, day], [hour, minute, second], offset) + Math.round(Number(match[7] ?? 0) * 1e6);
}

function offsetSeconds(sign: string, hours: string, minutes: string): number {
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

type Triple = readonly [number, number, number];

function instant([year, month, day]: Triple, [hour, minute, second]: Triple, offset: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  if (hour > 23 || minute > 59 || second > 60) return NaN;
  return (daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset) * 1e6;
}
