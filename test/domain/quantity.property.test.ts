import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseDuration,
  zBandwidth,
  zBytes,
  zCpu,
  zDuration,
  zMemory,
  zPercent,
  zRate,
  zShare,
  zTimes,
} from '../../src/domain/quantity.js';

const number = fc.integer({ min: 0, max: 1_000_000 }).map((thousandths) => thousandths / 1000);

describe('quantities with units', () => {
  test.each([
    ['us', 1],
    ['ms', 1e3],
    ['s', 1e6],
    ['m', 6e7],
    ['h', 3.6e9],
    ['d', 8.64e10],
    ['w', 6.048e11],
  ])('a length of time in %s is read in microseconds', (unit, factor) => {
    fc.assert(
      fc.property(number, fc.constantFrom('', ' '), (value, space) => {
        const expected = Math.round(value * factor);
        expect(zDuration.parse(`${value}${space}${unit}`)).toBe(expected);
        expect(parseDuration(`${value}${space}${unit}`)).toBe(expected);
      }),
      { seed: 30, numRuns: 100 },
    );
  });

  const notations = [
    { schema: zDuration, units: { µs: 1, us: 1 }, whole: true },
    { schema: zPercent, units: { '%': 0.01 } },
    { schema: zRate, units: { '/s': 1, ' / m': 1 / 60, '/h': 1 / 3600 } },
    { schema: zCpu, units: { '': 1000, m: 1 } },
    { schema: zMemory, units: { Ki: 2 ** -10, Mi: 1, Gi: 2 ** 10, Ti: 2 ** 20 } },
    { schema: zMemory, units: { k: 1e3 / 2 ** 20, M: 1e6 / 2 ** 20, G: 1e9 / 2 ** 20, T: 1e12 / 2 ** 20 } },
    { schema: zBytes, units: { B: 1, kB: 1e3, KiB: 2 ** 10, MB: 1e6, ' MiB': 2 ** 20, GB: 1e9, GiB: 2 ** 30 } },
    { schema: zBandwidth, units: { 'KiB/s': 2 ** -10, 'MiB/s': 1, ' GiB / s': 2 ** 10 } },
    { schema: zBandwidth, units: { 'kB/s': 1e3 / 2 ** 20, 'MB/s': 1e6 / 2 ** 20, 'GB/s': 1e9 / 2 ** 20 } },
    { schema: zBandwidth, units: { 'Mbit/s': 125e3 / 2 ** 20, 'Gbit/s': 125e6 / 2 ** 20 } },
    { schema: zTimes, units: { x: 1, ' x': 1 } },
  ];

  test.each(notations)('%# $units', ({ schema, units, whole }) => {
    fc.assert(
      fc.property(number, fc.constantFrom(...Object.entries(units)), (value, [unit, factor]) => {
        const read = schema.parse(` ${value}${unit} `);
        if (whole) expect(read).toBe(Math.round(value * factor));
        else expect(Math.abs(read - value * factor)).toBeLessThanOrEqual(1e-14 * read);
      }),
      { seed: 32, numRuns: 100 },
    );
  });

  test.each([
    [zPercent, '99.9%', 0.999],
    [zPercent, '250%', 2.5],
    [zShare, '12.5%', 0.125],
    [zShare, '100%', 1],
    [zCpu, 1.5, 1500],
    [zDuration, '1e3ms', 1_000_000],
    [zDuration, '0s', 0],
  ])('%# %s', (schema, written, expected) => {
    expect(schema.parse(written)).toBe(expected);
  });

  const time = 'a length of time with its unit, as 250ms, 15s, 5m, 24h or 2d, not negative';
  const memory = 'an amount of memory with its unit, as 512Mi or 2Gi';

  test.each([
    [zDuration, '15', time],
    [zDuration, 15, time],
    [zDuration, '-5s', time],
    [zDuration, 's', time],
    [zDuration, '5 s later', time],
    [zDuration, '5parsec', time],
    [zDuration, '.5s', time],
    [zDuration, '1e999s', time],
    [zDuration, '', time],
    [zDuration, 'constructor', time],
    [zRate, '300', 'a rate, as 300/s, 12/m or 40/h'],
    [zRate, '300/d', 'a rate, as 300/s, 12/m or 40/h'],
    [zPercent, '5', 'a percentage, as 99.9%'],
    [zPercent, 0.5, 'a percentage, as 99.9%'],
    [zMemory, '512', memory],
    [zMemory, '512MB', memory],
    [zMemory, '-1Gi', memory],
    [zCpu, '2 cores', 'an amount of CPU, as 500m or 2 (cores)'],
    [zCpu, -1, 'an amount of CPU, as 500m or 2 (cores)'],
    [zBytes, '12', 'a size with its unit, as 800B, 12kB or 1MiB'],
    [zTimes, '2', 'a factor, as 2x or 0.5x'],
    [zTimes, 'x', 'a factor, as 2x or 0.5x'],
  ])('%# refuses %j and says what it expected', (schema, written, expected) => {
    const messages = schema.safeParse(written).error!.issues.map(({ message }) => message);
    expect(messages).toEqual([`must be ${expected}, was ${JSON.stringify(written)}`]);
  });

  test('a share is at most 100%', () => {
    expect(zShare.safeParse('100.1%').error!.issues[0].message).toContain('must be between 0% and 100%');
  });

  test('a length of time on the command line that is none is null', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseDuration(text);
        if (value !== null) expect(text.trim()).toMatch(/^\d+(\.\d+)?(e[+-]?\d+)?\s*(us|µs|ms|s|m|h|d|w)$/);
      }),
      { seed: 31, numRuns: 1000 },
    );
    expect(parseDuration('tomorrow')).toBeNull();
  });
});
