import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatMilliseconds,
  formatNumber,
  formatSeconds,
  formatShare,
  formatUsd,
  formatWhole,
  plural,
} from '../../src/domain/number-format.js';

describe('numbers for people', () => {
  test.each([
    [0, '0%'],
    [1, '100%'],
    [0.9995, '99.95%'],
    [0.99951, '99.951%'],
    [0.99896, '99.89%'],
    [0.9999999, '99.99999%'],
    [0.999, '99.9%'],
    [0.98765, '98.7%'],
    [0.5, '50%'],
    [0.00021, '0.021%'],
    [2.5, '250%'],
  ])('the share %d is %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  test('a share below a target never reads as if it reached the target', () => {
    const target = fc.constantFrom(0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999);
    fc.assert(
      fc.property(target, fc.double({ min: 1e-7, max: 0.05, noNaN: true }), (goal, short) => {
        expect(parseFloat(formatShare(goal - short))).toBeLessThan(goal * 100 - 1e-9);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test.each([
    [0, '0'],
    [950, '950'],
    [9999, '9,999'],
    [28_114, '28.1 k'],
    [28_114_302, '28.1 M'],
    [999_600, '1 M'],
    [1.2e9, '1.2 G'],
    [12.345, '12.3'],
  ])('the count %d is %s', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  test.each([
    [0.000000712, '0.000000712'],
    [0.1, '0.1'],
    [1240, '1,240'],
    [-3.456, '-3.46'],
    [null, 'n/a'],
    [NaN, 'n/a'],
  ])('the number %d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('latencies, durations and money come in the unit that people say', () => {
    expect([212, 1240, 90_000, 0.21, null].map(formatMilliseconds)).toEqual([
      '212 ms',
      '1.24 s',
      '90 s',
      '0.21 ms',
      'n/a',
    ]);
    expect([15, 300, 86_400, 604_800].map(formatSeconds)).toEqual(['15 s', '5 min', '24 h', '7 days']);
    expect([41.2, 1234.5, 12_345.6, 0.0012, 0, -2].map(formatUsd)).toEqual([
      '$41.20',
      '$1,234.50',
      '$12,346',
      '$0.0012',
      '$0.00',
      '-$2.00',
    ]);
    expect(formatWhole(28_114_302)).toBe('28,114,302');
    expect([plural(1, 'pod'), plural(2, 'pod')]).toEqual(['1 pod', '2 pods']);
  });
});
