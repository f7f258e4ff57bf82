import { z } from 'zod';
import { type Distribution, normalQuantile } from '../kernel/distributions.js';
import { empiricalOf, ofQuantiles } from './empirical.js';
import { zDuration } from './quantity.js';

const positive = { message: 'must be above 0' };
const zLength = zDuration.refine((value) => value > 0, positive);

const zExponential = z
  .strictObject({ exponential: zLength.meta({ description: 'Mean.' }) })
  .transform((given): Distribution => ({ kind: 'exponential', mean: given.exponential }));

const zLognormal = z
  .strictObject({
    lognormal: z.union([
      z.strictObject({ mean: zLength, cv: z.number().gt(0) }),
      z
        .strictObject({ p50: zLength, p95: zLength })
        .refine((given) => given.p95 > given.p50, { path: ['p95'], message: 'must be above p50' }),
    ]),
  })
  .transform(({ lognormal }): Distribution => {
    if ('cv' in lognormal) return lognormalOfMean(lognormal.mean, lognormal.cv);
    const sigma = Math.log(lognormal.p95 / lognormal.p50) / normalQuantile(0.95);
    return { kind: 'lognormal', mu: Math.log(lognormal.p50), sigma };
  });

const zErlang = z
  .strictObject({ erlang: z.strictObject({ k: z.number().int().min(1).max(1000), mean: zLength }) })
  .transform(({ erlang }): Distribution => ({ kind: 'erlang', ...erlang }));

const zHyperexponential = z
  .strictObject({ hyperexponential: z.strictObject({ mean: zLength, scv: z.number().gt(1) }) })
  .transform(({ hyperexponential }): Distribution => balancedMeans(hyperexponential.mean, hyperexponential.scv));

const zBoundedPareto = z
  .strictObject({
    boundedPareto: z
      .strictObject({ alpha: z.number().gt(0), low: zLength, high: zLength })
      .refine((given) => given.high > given.low, { path: ['high'], message: 'must be above low' }),
  })
  .transform(({ boundedPareto }): Distribution => ({ kind: 'bounded-pareto', ...boundedPareto }));

const zEmpirical = z
  .strictObject({
    empirical: z.array(zDuration).min(1).max(10_000).meta({ description: 'Values that were observed.' }),
  })
  .transform(({ empirical }): Distribution => empiricalOf(empirical));

const zQuantileName = z
  .string()
  .regex(/^p(100|\d{1,2}(\.\d+)?)$/, { message: 'must be a quantile between p0 and p100, as p50 or p99.9' });

const zQuantiles = z
  .strictObject({ quantiles: z.record(zQuantileName, zDuration) })
  .transform(({ quantiles }, context): Distribution => {
    const table = Object.entries(quantiles).map(
      ([name, value]) => [Number((Number(name.slice(1)) / 100).toPrecision(15)), value] as const,
    );
    const sorted = table.sort(([a], [b]) => a - b);
    const fall = sorted.findIndex(([, value], i) => i > 0 && value < sorted[i - 1][1]);
    if (sorted.at(-1)?.[0] === 1 && fall < 0) return ofQuantiles(sorted);
    const message =
      fall < 0 ? 'must have p100, the slowest, as p100: 60s' : 'must not fall from one quantile to the next';
    context.addIssue({ code: 'custom', message, path: ['quantiles'] });
    return z.NEVER;
  });

const zConstant = zDuration.transform((value): Distribution => ({ kind: 'constant', value }));

/** How each distribution is written, by its key; `constant` is a plain length of time. */
export const distributionForms = {
  constant: { form: '20ms', description: 'always the same' },
  exponential: { form: '{ exponential: 4ms }', description: 'memoryless, by its mean' },
  lognormal: {
    form: '{ lognormal: { mean: 12ms, cv: 1.1 } } or { lognormal: { p50: 12s, p95: 30s } }',
    description: 'skewed, by mean and coefficient of variation or by two quantiles',
  },
  erlang: {
    form: '{ erlang: { k: 4, mean: 10ms } }',
    description: 'the sum of k exponential stages, steadier than one',
  },
  hyperexponential: {
    form: '{ hyperexponential: { mean: 10ms, scv: 4 } }',
    description: 'a mix of two exponentials with balanced means, by its squared coefficient of variation',
  },
  boundedPareto: {
    form: '{ boundedPareto: { alpha: 1.5, low: 1ms, high: 10s } }',
    description: 'heavy-tailed between two bounds',
  },
  empirical: {
    form: '{ empirical: [12s, 14s, 31s] }',
    description: 'values that were observed, with straight lines between their quantiles',
  },
  quantiles: {
    form: '{ quantiles: { p50: 12s, p95: 30s, p100: 60s } }',
    description: 'a table of quantiles up to p100, with straight lines between; nothing is below the first',
  },
} as const;

/** A distribution of a length of time as users write it, resolved to microseconds. */
export const zDistribution = z
  .union([zConstant, zExponential, zLognormal, zErlang, zHyperexponential, zBoundedPareto, zEmpirical, zQuantiles])
  .meta({
    description:
      'a length of time, as 20ms, or a distribution, as { exponential: 4ms }, { lognormal: { mean: 12ms, cv: 1.1 } }, ' +
      '{ lognormal: { p50: 12s, p95: 30s } }, { erlang: { k: 4, mean: 10ms } }, { hyperexponential: { mean: 10ms, scv: 4 } }, ' +
      '{ boundedPareto: { alpha: 1.5, low: 1ms, high: 10s } }, { empirical: [12s, 14s, 31s] } ' +
      'or { quantiles: { p50: 12s, p95: 30s, p100: 60s } }',
  });

/** Log-normal by mean and coefficient of variation: sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2. */
function lognormalOfMean(mean: number, cv: number): Distribution {
  const variance = Math.log1p(cv * cv);
  return { kind: 'lognormal', mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

/** Two exponentials, each carrying half of the mean: p1 / mu1 = p2 / mu2. Source: W. Whitt, "Approximating a point process", 1982. */
function balancedMeans(mean: number, scv: number): Distribution {
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return { kind: 'hyperexponential', p, mean1: mean / (2 * p), mean2: mean / (2 * (1 - p)) };
}
