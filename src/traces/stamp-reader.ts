import { daysFromCivil, daysInMonth } from './civil-days.js';
import type { EpochUnit } from './csv-trace-options.js';

/** How the timestamps of one file are written, told by its first one. */
export interface StampReader {
  /** Microseconds since 1970-01-01T00:00Z, or since the recording's own start; NaN where the text is no such timestamp. */
  read(text: string): number;
  /** False where times count from the recording's own start. */
  readonly absolute: boolean;
  /** Unit of plain numbers; null where timestamps are dates. */
  readonly unit: EpochUnit | null;
  /** True where the first timestamp is a date without a zone, so that one was assumed. */
  readonly zoneAssumed: boolean;
}

const microsPerUnit: Readonly<Record<EpochUnit, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };
const number = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const date = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** Numbers below this many seconds are no epoch time (1973-03-03) but a count from the recording's start. */
const FIRST_EPOCH_SECOND = 1e8;

/**
 * Recognises a file's timestamps by the first: epoch seconds, milliseconds, microseconds or nanoseconds by magnitude, seconds from
 * the start where small, ISO 8601 dates with a zone or (in `zone`, UTC by default) without. Null where it is none of them.
 */
export function stampReader(first: string, unit?: EpochUnit, zone?: string): StampReader | null {
  if (number.test(first)) return numberReader(Number(first), unit);
  const match = date.exec(first);
  const offset = zoneMicros(zone ?? 'Z');
  if (match === null || offset === null || Number.isNaN(dateMicros(match, offset))) return null;
  return {
    read: (text) => {
      const parts = date.exec(text);
      return parts === null ? NaN : dateMicros(parts, offset);
    },
    absolute: true,
    unit: null,
    zoneAssumed: match[8] === undefined && zone === undefined,
  };
}

/** Reads `Z`, `UTC`, `+02:00` or `-0430` as microseconds east of Greenwich; null where it is none. */
export function zoneMicros(zone: string): number | null {
  if (/^(Z|UTC)$/i.test(zone)) return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (match === null || Number(match[2]) > 14 || Number(match[3]) > 59) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60e6;
}

function numberReader(first: number, declared: EpochUnit | undefined): StampReader {
  const unit = declared ?? unitOf(first);
  const factor = microsPerUnit[unit];
  return {
    read: (text) => (number.test(text) ? Math.round(Number(text) * factor) : NaN),
    absolute: (first * factor) / 1e6 >= FIRST_EPOCH_SECOND,
    unit,
    zoneAssumed: false,
  };
}

/** Epoch times of 1973 to 5138 have 9 to 11 digits in seconds, and three more in each smaller unit. */
function unitOf(value: number): EpochUnit {
  if (value < 1e11) return 's';
  if (value < 1e14) return 'ms';
  return value < 1e17 ? 'us' : 'ns';
}

function dateMicros(parts: RegExpExecArray, zoneOffset: number): number {
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const offset = parts[8] === undefined ? zoneOffset : zoneMicros(parts[8]);
  if (offset === null || !isDate(year, month, day) || hour > 23 || minute > 59 || second > 60) return NaN;
  const fraction = Math.round(Number(`0.${parts[7] ?? '0'}`) * 1e6);
  return ((daysFromCivil(year, month, day) * 24 + hour) * 60 + minute) * 60e6 + second * 1e6 + fraction - offset;
}

function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}
