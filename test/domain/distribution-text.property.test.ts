import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { zDistribution } from '../../src/domain/distribution-schema.js';
import { distributionText } from '../../src/domain/distribution-text.js';
import { type Distribution, meanOf, scvOf } from '../../src/kernel/distributions.js';

const length = fc.double({ min: 100, max: 1e9, noNaN: true });
const distribution: fc.Arbitrary<Distribution> = fc.oneof(
  length.map((value) => ({ kind: 'constant', value }) as const),
  length.map((mean) => ({ kind: 'exponential', mean }) as const),
  fc
    .record({ mean: length, sigma: fc.double({ min: 0.05, max: 2.5, noNaN: true }) })
    .map(({ mean, sigma }) => ({ kind: 'lognormal', mu: Math.log(mean), sigma }) as const),
  fc
    .record({ k: fc.integer({ min: 1, max: 60 }), mean: length })
    .map(({ k, mean }) => ({ kind: 'erlang', k, mean }) as const),
  fc
    .record({
      low: length,
      ratio: fc.double({ min: 2, max: 1e4, noNaN: true }),
      alpha: fc.double({ min: 0.2, max: 4, noNaN: true }),
    })
    .map(({ low, ratio, alpha }) => ({ kind: 'bounded-pareto', alpha, low, high: low * ratio }) as const),
);

it('a distribution that is written reads back with its kind, mean and variability', () => {
  fc.assert(
    fc.property(distribution, (written) => {
      const read = zDistribution.parse(parse(distributionText(written)));
      expect(read.kind).toBe(written.kind);
      expect(Math.abs(meanOf(read) / meanOf(written) - 1)).toBeLessThan(0.01);
      expect(Math.abs((1 + scvOf(read)) / (1 + scvOf(written)) - 1)).toBeLessThan(0.02);
    }),
    { seed: 5, numRuns: 300 },
  );
});
