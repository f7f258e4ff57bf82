import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarAt } from '../../src/domain/calendar.js';

describe('calendarAt', () => {
  test('agrees with Date in UTC for 250 years either side of 1970, where microseconds are whole numbers', () => {
    const epochMillis = fc.integer({ min: Date.UTC(1720, 0, 1), max: Date.UTC(2220, 11, 31) });
    fc.assert(
      fc.property(epochMillis, fc.integer({ min: -1e12, max: 1e12 }), (millis, originMillis) => {
        const date = new Date(millis);
        const shown = calendarAt(originMillis * 1000, (millis - originMillis) * 1000);
        expect(shown).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          dayOfMonth: date.getUTCDate(),
          dayOfWeek: date.getUTCDay(),
          sinceMidnight:
            (date.getUTCHours() * 3_600_000 +
              date.getUTCMinutes() * 60_000 +
              date.getUTCSeconds() * 1000 +
              date.getUTCMilliseconds()) *
            1000,
        });
      }),
      { seed: 20, numRuns: 2000 },
    );
  });

  test('knows leap days and the first microsecond of a day', () => {
    const leap = Date.UTC(2000, 1, 29) * 1000;
    expect(calendarAt(leap, 0)).toMatchObject({ year: 2000, month: 2, dayOfMonth: 29, dayOfWeek: 2, sinceMidnight: 0 });
    expect(calendarAt(leap, -1)).toMatchObject({ month: 2, dayOfMonth: 28, sinceMidnight: 86_399_999_999 });
    expect(calendarAt(Date.UTC(1900, 1, 28) * 1000, 86_400e6)).toMatchObject({ month: 3, dayOfMonth: 1 });
  });
});
