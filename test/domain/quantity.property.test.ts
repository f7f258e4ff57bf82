import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration, zBytes, zCpu, zDuration, zMemory, zPercent, zRate, zShare, zTimes } from '../../src/domain/quantity.js';

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

  test.each([
    [zPercent, '99.9%', 0.999],
    [zPercent, '250%', 2.5],
    [zShare, '12.5%', 0.125],
    [zRate, '300/s', 300],
    [zRate, '12 / m', 0.2],
    [zRate, '36/h', 0.01],
    [zCpu, '500m', 500],
    [zCpu, '2', 2000],
    [zCpu, 1.5, 1500],
    [zMemory, '512Mi', 512],
    [zMemory, '2Gi', 2048],
    [zMemory, '1G', 1e9 / 2 ** 20],
    [zBytes, '12kB', 12_000],
    [zBytes, '1MiB', 1_048_576],
    [zTimes, '0.5x', 0.5],
    [zDuration, '1e3ms', 1_000_000],
    [zDuration, '0s', 0],
  ])('%# %s', (schema, written, expected) => {
    expect(schema.parse(written)).toBe(expected);
  });

  test.each([
    [zDuration, '15'],
    [zDuration, 15],
    [zDuration, '-5s'],
    [zDuration, 's'],
    [zDuration, '5 s later'],
    [zDuration, '5parsec'],
    [zDuration, '1e999s'],
    [zDuration, 'constructor'],
    [zRate, '300'],
    [zPercent, '5'],
    [zShare, '101%'],
    [zMemory, '512'],
    [zMemory, '512MB'],
    [zCpu, '2 cores'],
    [zBytes, '12'],
    [zTimes, '2'],
    [zTimes, 'x'],
  ])('%# refuses %j and says what it expected', (schema, written) => {
    const result = schema.safeParse(written);
    expect(result.success).toBe(false);
    expect(result.error!.issues[0].message).toMatch(/^must be /);
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
