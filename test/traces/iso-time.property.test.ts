import fc from 'fast-check';
import { expect, it } from 'vitest';
import { daysFromCivil, daysInMonth } from '../../src/traces/civil-days.js';
import { isoTime } from '../../src/traces/iso-time.js';
import { stampReader } from '../../src/traces/stamp-reader.js';

it('agrees with the platform on every date, there and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (second) => {
      const text = isoTime(second * 1e6);
      expect(text).toBe(new Date(second * 1000).toISOString().replace('.000Z', 'Z'));
      expect(stampReader(text)?.read(text)).toBe(second * 1e6);
      expect(stampReader(text.replace('Z', ''), undefined, '-03:30')?.read(text.replace('Z', ''))).toBe(
        second * 1e6 + 12_600e6,
      );
    }),
    { seed: 11, numRuns: 300 },
  );
  expect(daysFromCivil(1970, 1, 1)).toBe(0);
  expect([2000, 2023, 2024, 2100].map((year) => daysInMonth(year, 2))).toEqual([29, 28, 29, 28]);
  expect(isoTime(1_500_000)).toBe('1970-01-01T00:00:01.5Z');
});
