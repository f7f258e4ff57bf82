import { z } from 'zod';

/** The clock that a schedule is written for, as `+02:00`, resolved to microseconds before UTC's. */
export const zUtcOffset = z
  .string()
  .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, { message: 'must be an offset from UTC, as +02:00 or -05:30' })
  .default('+00:00')
  .describe('The clock that the schedule is written for, as an offset from UTC; daylight saving time is not followed.');

/** Microseconds that the local clock is before UTC's. */
export function offsetMicros(utcOffset: string): number {
  const minutes = Number(utcOffset.slice(1, 3)) * 60 + Number(utcOffset.slice(4));
  return (utcOffset.startsWith('-') ? -minutes : minutes) * 60_000_000;
}
