import { describe, expect, test } from 'vitest';
import { KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import { Streams } from '../../src/kernel/streams.js';
import { chiSquaredScore } from './chi-squared.js';

const DRAWS = 200_000;
const CELLS = 256;
const even = Array.from({ length: CELLS }, () => DRAWS / CELLS);

/** How many of `DRAWS` numbers in [0, 1) fall into each of equal cells. */
function cells(draw: (i: number) => number): number[] {
  const counts = new Array<number>(CELLS).fill(0);
  for (let i = 0; i < DRAWS; i += 1) counts[Math.floor(draw(i) * CELLS)] += 1;
  return counts;
}

function correlation(a: (i: number) => number, b: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < DRAWS; i += 1) sum += (a(i) - 0.5) * (b(i) - 0.5);
  return (sum / DRAWS) * 12;
}

const random = new Streams(42).stream('arrivals', 'web');

describe('KeyedRandom', () => {
  test.each([
    ['ordinals in order', (i: number) => random.uniform(i)],
    ['salts in order', (i: number) => random.uniform(7, i)],
    ['ordinals beyond 2^32', (i: number) => random.uniform(2 ** 40 + i)],
    ['multiples of 2^16', (i: number) => random.uniform(i * 65_536)],
    ['low digits', (i: number) => (random.uniform(i) * 2 ** 20) % 1],
    ['bits', (i: number) => random.bits(i) / 2 ** 32],
    ['low bits', (i: number) => (random.bits(i) & 0xffff) / 65_536],
    ['pairs', (i: number) => (Math.floor(random.uniform(i) * 16) + random.uniform(i + 1)) / 16],
    ['neighbouring salts', (i: number) => (Math.floor(random.uniform(i, 3) * 16) + random.uniform(i, 4)) / 16],
    ['an exponential through its distribution', (i: number) => 1 - Math.exp(-random.exponential(i))],
    ['an exponential by salt', (i: number) => 1 - Math.exp(-random.exponential(3, i))],
    [
      'pairs of exponentials',
      (i: number) => (Math.floor(16 * Math.exp(-random.exponential(i))) + Math.exp(-random.exponential(i + 1))) / 16,
    ],
  ])('%s are uniform', (_, draw) => {
    expect(Math.abs(chiSquaredScore(cells(draw), even))).toBeLessThan(5);
  });

  test('an exponential has mean 1 and second moment 2', () => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 1e6; i += 1) {
      const x = random.exponential(i, 11);
      sum += x;
      squares += x * x;
    }
    // One draw's variance is 1, that of its square 4! - 2^2 = 20.
    expect(Math.abs(sum / 1e6 - 1)).toBeLessThan(4.5 * Math.sqrt(1 / 1e6));
    expect(Math.abs(squares / 1e6 - 2)).toBeLessThan(4.5 * Math.sqrt(20 / 1e6));
  });

  test('the far tail of an exponential has its share', () => {
    let beyond = 0;
    for (let i = 0; i < 4e6; i += 1) if (random.exponential(i) > 9) beyond += 1;
    const expected = 4e6 * Math.exp(-9);
    expect(Math.abs(beyond - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  test('other purposes, entities, seeds and salts are unrelated', () => {
    const others = [
      new Streams(42).stream('class', 'web'),
      new Streams(42).stream('arrivals', 'wec'),
      new Streams(43).stream('arrivals', 'web'),
    ];
    for (const other of others) {
      expect(
        Math.abs(
          correlation(
            (i) => random.uniform(i),
            (i) => other.uniform(i),
          ),
        ),
      ).toBeLessThan(0.012);
      expect(
        Math.abs(
          correlation(
            (i) => random.uniform(i),
            (i) => other.uniform(i + 1),
          ),
        ),
      ).toBeLessThan(0.012);
    }
    expect(
      Math.abs(
        correlation(
          (i) => random.uniform(i),
          (i) => random.uniform(i, 1),
        ),
      ),
    ).toBeLessThan(0.012);
    expect(
      Math.abs(
        correlation(
          (i) => random.uniform(i),
          (i) => random.uniform(i + 1),
        ),
      ),
    ).toBeLessThan(0.012);
  });

  test('stays strictly between 0 and 1, and an index below n', () => {
    let outside = 0;
    for (let i = 0; i < DRAWS; i += 1) {
      const u = random.uniform(i);
      if (!(u > 0 && u < 1) || random.index(3, i) > 2) outside += 1;
    }
    expect(outside).toBe(0);
  });

  test('an index is even over its range', () => {
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < DRAWS; i += 1) counts[random.index(7, i)] += 1;
    expect(
      Math.abs(
        chiSquaredScore(
          counts,
          counts.map(() => DRAWS / 7),
        ),
      ),
    ).toBeLessThan(5);
  });

  test('the same names give the same draws, asked in any order', () => {
    const again = new Streams(42).stream('arrivals', 'web');
    const backwards = Array.from({ length: 100 }, (_, i) => again.uniform(99 - i, 5)).reverse();
    expect(backwards).toEqual(Array.from({ length: 100 }, (_, i) => random.uniform(i, 5)));
  });

  test('names do not run into each other', () => {
    const streams = new Streams(1);
    expect(streams.stream('a', 'bc').bits(0)).not.toBe(streams.stream('ab', 'c').bits(0));
    expect(new KeyedRandom(1, 2).bits(0)).not.toBe(new KeyedRandom(2, 1).bits(0));
  });

  test('mixed keys do not collide among small numbers, and order matters', () => {
    const keys = new Set<number>();
    for (let a = 0; a < 300; a += 1) for (let b = 0; b < 300; b += 1) keys.add(mixKeys(a, b));
    expect(keys.size).toBeGreaterThan(90_000 - 8);
    expect(mixKeys(1, 2)).not.toBe(mixKeys(2, 1));
    expect(mixKeys(5, 0)).not.toBe(5);
  });
});
