import { describe, expect, test } from 'vitest';
import { cumulative, normalCumulative } from '../../src/kernel/cumulative.js';
import { type Distribution, normalQuantile, sampler } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';

const distributions: readonly Distribution[] = [
  { kind: 'exponential', mean: 1000 },
  { kind: 'lognormal', mu: 3, sigma: 0.5 },
  { kind: 'erlang', k: 3, mean: 90 },
  { kind: 'erlang', k: 40, mean: 90 },
  { kind: 'hyperexponential', p: 0.9, mean1: 50, mean2: 500 },
  { kind: 'bounded-pareto', alpha: 1.5, low: 10, high: 1000 },
  { kind: 'empirical', probabilities: [0, 0.5, 0.95, 1], values: [5, 12, 30, 60] },
];

describe('cumulative distribution functions', () => {
  test.each(distributions)('$kind is what its draws follow', (distribution) => {
    const draw = sampler(distribution);
    const random = new Streams(3).stream('test', distribution.kind);
    const sorted = Float64Array.from({ length: 100_000 }, (_, i) => draw(random, i, 5)).sort();
    const chance = cumulative(distribution);
    const distance = sorted.reduce((most, x, i) => Math.max(most, Math.abs(chance(x) - (i + 0.5) / sorted.length)), 0);
    // The Kolmogorov-Smirnov quantile of 99.99% for this many draws.
    expect(distance).toBeLessThan(2.23 / Math.sqrt(sorted.length));
  });

  test('a constant is reached at once', () => {
    const chance = cumulative({ kind: 'constant', value: 5 });
    expect([chance(4.999), chance(5)]).toEqual([0, 1]);
  });

  test('the normal distribution function has its tabulated values and undoes its quantile', () => {
    expect(normalCumulative(0)).toBe(0.5);
    expect(normalCumulative(1.959963984540054)).toBeCloseTo(0.975, 10);
    expect(normalCumulative(-3)).toBeCloseTo(0.0013498980316301, 12);
    for (let p = 0.001; p < 1; p += 0.013) expect(normalCumulative(normalQuantile(p))).toBeCloseTo(p, 7);
    expect([normalCumulative(-40), normalCumulative(40)]).toEqual([0, 1]);
  });
});
