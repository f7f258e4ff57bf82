import { describe, expect, test } from 'vitest';
import { type Distribution, meanOf, normalQuantile, sampler, scvOf } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';

const DRAWS = 400_000;

const distributions: readonly Distribution[] = [
  { kind: 'constant', value: 250 },
  { kind: 'exponential', mean: 1000 },
  { kind: 'lognormal', mu: 3, sigma: 0.5 },
  { kind: 'erlang', k: 3, mean: 90 },
  { kind: 'hyperexponential', p: 0.9, mean1: 50, mean2: 500 },
  { kind: 'bounded-pareto', alpha: 1.5, low: 10, high: 1000 },
  { kind: 'bounded-pareto', alpha: 1, low: 10, high: 1000 },
  { kind: 'bounded-pareto', alpha: 2, low: 10, high: 500 },
  { kind: 'empirical', probabilities: [0, 0.5, 0.5, 0.95, 1], values: [4, 12, 20, 30, 60] },
];

function draws(distribution: Distribution, entity = 'work'): Float64Array {
  const draw = sampler(distribution);
  const random = new Streams(9).stream('test', entity);
  return Float64Array.from({ length: DRAWS }, (_, i) => draw(random, i, 77));
}

describe('distributions', () => {
  test.each(distributions)('draws of $kind have the stated mean and variability', (distribution) => {
    const values = draws(distribution);
    const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
    const deviations = values.map((value) => (value - mean) ** 2);
    const variance = deviations.reduce((sum, value) => sum + value, 0) / DRAWS;
    const ofVariance = Math.sqrt(deviations.reduce((sum, value) => sum + (value - variance) ** 2, 0) / DRAWS / DRAWS);
    const expectedVariance = scvOf(distribution) * meanOf(distribution) ** 2;
    expect(Math.abs(mean - meanOf(distribution))).toBeLessThanOrEqual(4.5 * Math.sqrt(variance / DRAWS) + 1e-9);
    expect(Math.abs(variance - expectedVariance)).toBeLessThanOrEqual(5 * ofVariance + 1e-9);
    expect(values.every((value) => value >= 0)).toBe(true);
  });

  test('a bounded Pareto stays in its bounds', () => {
    const values = draws({ kind: 'bounded-pareto', alpha: 1.1, low: 20, high: 300 });
    expect(Math.min(...values.slice(0, 100_000))).toBeGreaterThanOrEqual(20);
    expect(Math.max(...values.slice(0, 100_000))).toBeLessThanOrEqual(300);
  });

  test.each(distributions.filter(({ kind }) => kind === 'lognormal' || kind === 'bounded-pareto'))(
    'a larger uniform number gives a larger $kind',
    (distribution) => {
      const draw = sampler(distribution);
      const random = new Streams(9).stream('test', 'order');
      const ordinals = Array.from({ length: 20_000 }, (_, i) => i);
      ordinals.sort((a, b) => random.uniform(a, 77) - random.uniform(b, 77));
      const values = ordinals.map((ordinal) => draw(random, ordinal, 77));
      expect(values.findIndex((value, i) => i > 0 && value <= values[i - 1])).toBe(-1);
    },
  );

  test('draws of a quantile table lie on its lines, and jump where it jumps', () => {
    const values = draws(distributions[distributions.length - 1]).sort();
    for (const [p, value] of [
      [0.25, 8],
      [0.499, 11.984],
      [0.501, 20.0222],
      [0.95, 30],
      [0.975, 45],
    ]) {
      expect(Math.abs(values[Math.round(p * DRAWS)] - value)).toBeLessThan(0.2);
    }
    expect(values[0]).toBeGreaterThanOrEqual(4);
    expect(values[DRAWS - 1]).toBeLessThanOrEqual(60);
    expect(values.some((value) => value > 12 && value < 20)).toBe(false);
  });

  test('moments are worked by hand', () => {
    const halves: Distribution = { kind: 'empirical', probabilities: [0, 0.5, 1], values: [0, 4, 4] };
    expect(meanOf(halves)).toBe(3);
    expect(scvOf(halves)).toBeCloseTo((0.5 * (16 / 3) + 0.5 * 16) / 9 - 1, 12);
    expect(meanOf({ kind: 'hyperexponential', p: 0.25, mean1: 4, mean2: 8 })).toBe(7);
    expect(scvOf({ kind: 'hyperexponential', p: 0.25, mean1: 4, mean2: 8 })).toBeCloseTo((2 * (4 + 48)) / 49 - 1, 12);
    expect(scvOf({ kind: 'erlang', k: 4, mean: 3 })).toBe(0.25);
    expect(meanOf({ kind: 'bounded-pareto', alpha: 1, low: 1, high: Math.E })).toBeCloseTo(1 / (1 - 1 / Math.E), 12);
  });

  test('the normal quantile inverts the normal distribution function', () => {
    const table = [
      [0.5, 0],
      [0.975, 1.959963985],
      [0.99, 2.326347874],
      [0.001, -3.090232306],
      [1e-6, -4.753424309],
    ];
    for (const [p, z] of table) expect(normalQuantile(p)).toBeCloseTo(z, 7);
    const rising = Array.from({ length: 20_000 }, (_, i) => normalQuantile((i + 0.5) / 20_000));
    expect(rising.findIndex((z, i) => i > 0 && z <= rising[i - 1])).toBe(-1);
    expect(rising.every((z, i) => Math.abs(z + rising[19_999 - i]) < 1e-9)).toBe(true);
  });

  test('a draw depends on its ordinal and salt alone', () => {
    const random = new Streams(9).stream('test', 'again');
    for (const distribution of distributions) {
      const draw = sampler(distribution);
      const first = draw(random, 5, 1);
      draw(random, 6, 1);
      expect(draw(random, 5, 1)).toBe(first);
    }
  });
});
