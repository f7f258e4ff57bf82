import { describe, expect, it } from 'vitest';
import { type Distribution, meanOf, sampler } from '../../src/kernel/distributions.js';
import { Streams } from '../../src/kernel/streams.js';
import { fitDistribution } from '../../src/traces/fit-distribution.js';

function drawn(distribution: Distribution, count: number, resolution: number): Float64Array {
  const draw = sampler(distribution);
  const random = new Streams(11).stream('test', distribution.kind);
  return Float64Array.from(
    { length: count },
    (_, i) => Math.round(draw(random, i, 3) / resolution) * resolution,
  ).sort();
}

describe('fitting a distribution', () => {
  const kinds: readonly Distribution[] = [
    { kind: 'lognormal', mu: Math.log(30_000), sigma: 0.8 },
    { kind: 'exponential', mean: 20_000 },
    { kind: 'erlang', k: 4, mean: 50_000 },
    { kind: 'hyperexponential', p: 0.8873, mean1: 16_905, mean2: 133_100 },
    { kind: 'bounded-pareto', alpha: 1.3, low: 5000, high: 2_000_000 },
  ];

  it.each(kinds)('finds $kind again, with its mean, from times in whole milliseconds', (distribution) => {
    const fit = fitDistribution(drawn(distribution, 20_000, 1000), 1000);
    expect(fit.distribution.kind).toBe(distribution.kind);
    expect(fit.ksDistance).toBeLessThan(0.025);
    expect(Math.abs(meanOf(fit.distribution) / meanOf(distribution) - 1)).toBeLessThan(0.12);
  });

  it('is not led astray by whole milliseconds where most requests take three', () => {
    const fit = fitDistribution(drawn({ kind: 'lognormal', mu: Math.log(3000), sigma: 0.5 }, 20_000, 1000), 1000);
    expect(fit.distribution.kind).toBe('lognormal');
    if (fit.distribution.kind !== 'lognormal') return;
    expect(Math.exp(fit.distribution.mu)).toBeGreaterThan(2850);
    expect(Math.exp(fit.distribution.mu)).toBeLessThan(3150);
    expect(Math.abs(fit.distribution.sigma - 0.5)).toBeLessThan(0.05);
  });

  it('is not moved by a few wild values', () => {
    const clean = drawn({ kind: 'lognormal', mu: Math.log(30_000), sigma: 0.5 }, 5000, 1000);
    const wild = Float64Array.from([...clean, ...new Array<number>(20).fill(60e6)]).sort();
    expect(
      meanOf(fitDistribution(wild, 1000).distribution) / meanOf(fitDistribution(clean, 1000).distribution),
    ).toBeLessThan(1.02);
    expect(
      wild.reduce((sum, x) => sum + x, 0) / wild.length / meanOf(fitDistribution(clean, 1000).distribution),
    ).toBeGreaterThan(5);
  });

  it('takes a sample of one value for a constant', () => {
    expect(
      fitDistribution(
        Float64Array.from({ length: 50 }, () => 7000),
        1000,
      ),
    ).toEqual({ distribution: { kind: 'constant', value: 7000 }, ksDistance: 0 });
  });
});
