import { describe, expect, test } from 'vitest';
import { distributionForms, zDistribution } from '../../src/domain/distribution-schema.js';
import { meanOf, normalQuantile, scvOf } from '../../src/kernel/distributions.js';

describe('zDistribution', () => {
  test.each([
    ['20ms', 20_000, 0],
    [{ exponential: '4ms' }, 4000, 1],
    [{ lognormal: { mean: '12ms', cv: 1.1 } }, 12_000, 1.21],
    [{ erlang: { k: 4, mean: '10ms' } }, 10_000, 0.25],
    [{ hyperexponential: { mean: '10ms', scv: 4 } }, 10_000, 4],
    [{ boundedPareto: { alpha: 2, low: '1ms', high: '4ms' } }, 1600, (2 * Math.log(4) * 1e6) / 0.9375 / 1600 ** 2 - 1],
  ])('%j has mean %d us and variability %d', (written, mean, scv) => {
    const read = zDistribution.parse(written);
    expect(meanOf(read)).toBeCloseTo(mean, 6);
    expect(scvOf(read)).toBeCloseTo(scv, 10);
  });

  test('two quantiles fix a log-normal', () => {
    const read = zDistribution.parse({ lognormal: { p50: '12s', p95: '30s' } });
    if (read.kind !== 'lognormal') throw new Error(`a log-normal became ${read.kind}`);
    expect(Math.exp(read.mu)).toBeCloseTo(12e6, 3);
    expect(Math.exp(read.mu + read.sigma * normalQuantile(0.95))).toBeCloseTo(30e6, 3);
  });

  test('observed values are read in any order, and their mean is that of what is drawn', () => {
    const read = zDistribution.parse({ empirical: ['31s', '12s', '14s'] });
    if (read.kind !== 'empirical') throw new Error(`observations became ${read.kind}`);
    expect(read.values).toEqual([12e6, 12e6, 14e6, 31e6, 31e6]);
    expect(read.probabilities.map((p) => p * 6)).toEqual([0, 1, 3, 5, 6]);
    expect(meanOf(read)).toBeCloseTo(19e6, 3);
    expect(meanOf(zDistribution.parse({ empirical: ['9s'] }))).toBe(9e6);
  });

  test('a table of quantiles goes through its points, and nothing is below the first', () => {
    expect(zDistribution.parse({ quantiles: { p100: '60s', p50: '12s', 'p99.9': '30s' } })).toEqual({
      kind: 'empirical',
      probabilities: [0, 0.5, 0.999, 1],
      values: [12e6, 12e6, 30e6, 60e6],
    });
    expect(zDistribution.parse({ quantiles: { p0: '1s', p100: '3s' } })).toMatchObject({ probabilities: [0, 1] });
  });

  test.each([
    [{ quantiles: { p50: '12s', p95: '30s' } }, 'must have p100'],
    [{ quantiles: { p50: '31s', p95: '30s', p100: '60s' } }, 'must not fall'],
    [{ quantiles: { median: '31s', p100: '60s' } }, 'between p0 and p100'],
  ])('%j is refused with a reason', (written, reason) => {
    expect(JSON.stringify(zDistribution.safeParse(written).error?.issues)).toContain(reason);
  });

  test('both halves of a hyperexponential carry half of its mean', () => {
    const read = zDistribution.parse({ hyperexponential: { mean: '10ms', scv: 9 } });
    if (read.kind !== 'hyperexponential') throw new Error(`a hyperexponential became ${read.kind}`);
    expect(read.p * read.mean1).toBeCloseTo(5000, 6);
    expect((1 - read.p) * read.mean2).toBeCloseTo(5000, 6);
  });

  test.each([
    ['5'],
    [{ exponential: '0s' }],
    [{ exponential: '4ms', mean: '4ms' }],
    [{ lognormal: { p50: '30s', p95: '12s' } }],
    [{ lognormal: { mean: '12ms', cv: 0 } }],
    [{ erlang: { k: 0, mean: '10ms' } }],
    [{ erlang: { k: 1.5, mean: '10ms' } }],
    [{ hyperexponential: { mean: '10ms', scv: 1 } }],
    [{ boundedPareto: { alpha: 1, low: '2s', high: '1s' } }],
    [{ boundedPareto: { alpha: 0, low: '1s', high: '2s' } }],
    [{ empirical: [] }],
    [{ empirical: ['12'] }],
    [{ quantiles: {} }],
    [{ gamma: { mean: '1s' } }],
  ])('refuses %j', (written) => {
    expect(zDistribution.safeParse(written).success).toBe(false);
  });

  test('every form that is shown to users can be read', () => {
    const quoted = (form: string): unknown =>
      JSON.parse(form.replace(/([a-zA-Z]\w*):/g, '"$1":').replace(/(?<=[ :[])(\d[\d.]*[a-z]+)/g, '"$1"'));
    for (const [name, { form }] of Object.entries(distributionForms)) {
      const written = name === 'constant' ? [form] : form.split(' or ').map(quoted);
      for (const one of written) {
        expect(zDistribution.safeParse(one).success, `${name}: ${form}`).toBe(true);
        if (name !== 'constant') expect(one).toHaveProperty(name);
      }
    }
  });
});
