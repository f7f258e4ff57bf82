import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/micros.js';
import { formatClock, formatElapsed, utcClock } from '../../../src/report/format/clock.js';

describe('clocks', () => {
  test.each([
    [0, '00:00:00'],
    [43_395, '12:03:15'],
    [43_395.9, '12:03:15'],
    [86_399, '23:59:59'],
    [86_400, '1d 00:00:00'],
    [10 * 86_400 + 61, '10d 00:01:01'],
    [-1800, '-00:30:00'],
    [-0.4, '00:00:00'],
  ])('%d s is written as %s', (value, text) => {
    expect(formatElapsed(value)).toBe(text);
    expect(formatClock(seconds(value))).toBe(text);
  });

  test('a calendar clock counts from the origin of the run and writes UTC', () => {
    expect(utcClock('2024-02-28T23:00:00Z')(seconds(7215))).toBe('2024-02-29 01:00:15');
  });
});
