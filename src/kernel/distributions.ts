import type { KeyedRandom } from './random.js';

/** A distribution of a non-negative quantity; times are in the unit the caller chose (microseconds in the simulator). */
export type Distribution =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'erlang'; readonly k: number; readonly mean: number }
  | { readonly kind: 'hyperexponential'; readonly p: number; readonly mean1: number; readonly mean2: number }
  | { readonly kind: 'bounded-pareto'; readonly alpha: number; readonly low: number; readonly high: number }
  | Empirical;

/**
 * A quantile function made of straight lines: the quantile at `probabilities[i]` is `values[i]`, both never fall, the first probability
 * is 0 and the last is 1.
 */
export interface Empirical {
  readonly kind: 'empirical';
  readonly probabilities: readonly number[];
  readonly values: readonly number[];
}

/** Draws one value for an ordinal; the same (random, ordinal, salt) gives the same value. */
export type Sampler = (random: KeyedRandom, ordinal: number, salt: number) => number;

/** Turns a distribution into its sampler, by inversion (the exponential by ziggurat), so that one draw costs one uniform number. */
export function sampler(distribution: Distribution): Sampler {
  switch (distribution.kind) {
    case 'constant':
      return constant(distribution.value);
    case 'exponential':
      return exponential(distribution.mean);
    case 'lognormal':
      return lognormal(distribution.mu, distribution.sigma);
    case 'erlang':
      return erlang(distribution.k, distribution.mean);
    case 'hyperexponential':
      return hyperexponential(distribution.p, distribution.mean1, distribution.mean2);
    case 'bounded-pareto':
      return boundedPareto(distribution.alpha, distribution.low, distribution.high);
    case 'empirical':
      return empirical(distribution);
  }
}

/** Writes the values of `count` successive ordinals, the first of them `first`, to the front of an array: what a sampler gives, one by one. */
export type BlockSampler = (random: KeyedRandom, first: number, salt: number, out: Float64Array, count: number) => void;

/** Turns a distribution into its sampler by the block: in a loop over an array no number is ever boxed. */
export function blockSampler(distribution: Distribution): BlockSampler {
  if (distribution.kind === 'constant') {
    const { value } = distribution;
    return (_random, _first, _salt, out, count) => void out.fill(value, 0, count);
  }
  if (distribution.kind === 'exponential') {
    const { mean } = distribution;
    return (random, first, salt, out, count) => random.exponentials(mean, first, salt, out, count);
  }
  const sample = sampler(distribution);
  return (random, first, salt, out, count) => {
    for (let i = 0; i < count; i += 1) out[i] = sample(random, first + i, salt);
  };
}

function constant(value: number): Sampler {
  return () => value;
}

function exponential(mean: number): Sampler {
  return (random, ordinal, salt) => mean * random.exponential(ordinal, salt);
}

function lognormal(mu: number, sigma: number): Sampler {
  return (random, ordinal, salt) => Math.exp(mu + sigma * normalQuantile(random.uniform(ordinal, salt)));
}

function erlang(k: number, mean: number): Sampler {
  const scale = -mean / k;
  return (random, ordinal, salt) => {
    let logs = 0;
    for (let i = 0; i < k; i += 1) logs += Math.log(random.uniform(ordinal, salt + i * STAGE));
    return scale * logs;
  };
}

function hyperexponential(p: number, mean1: number, mean2: number): Sampler {
  return (random, ordinal, salt) => {
    const mean = random.uniform(ordinal, salt + STAGE) < p ? mean1 : mean2;
    return mean * random.exponential(ordinal, salt);
  };
}

/** Inverse of F(x) = (1 - (low/x)^alpha) / (1 - (low/high)^alpha). */
function boundedPareto(alpha: number, low: number, high: number): Sampler {
  const span = 1 - (low / high) ** alpha;
  return (random, ordinal, salt) => low * (1 - random.uniform(ordinal, salt) * span) ** (-1 / alpha);
}

/** The line on which a uniform number falls is found by halving. */
function empirical({ probabilities, values }: Empirical): Sampler {
  return (random, ordinal, salt) => {
    const u = random.uniform(ordinal, salt);
    let low = 0;
    let high = probabilities.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (probabilities[middle] <= u) low = middle;
      else high = middle;
    }
    const width = probabilities[high] - probabilities[low];
    return width === 0 ? values[high] : values[low] + ((values[high] - values[low]) * (u - probabilities[low])) / width;
  };
}

/** Salts of one draw's further uniform numbers lie this far apart, beyond any salt a caller uses. */
const STAGE = 0x01000000;

/** Mean of a distribution. */
export function meanOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'lognormal':
      return Math.exp(distribution.mu + distribution.sigma ** 2 / 2);
    case 'hyperexponential':
      return distribution.p * distribution.mean1 + (1 - distribution.p) * distribution.mean2;
    case 'bounded-pareto':
      return paretoMoment(distribution.alpha, distribution.low, distribution.high, 1);
    case 'empirical':
      return empiricalMoment(distribution, 1);
    default:
      return distribution.mean;
  }
}

/** Squared coefficient of variation, variance over squared mean: 0 for a constant, 1 for an exponential. */
export function scvOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return 0;
    case 'exponential':
      return 1;
    case 'lognormal':
      return Math.exp(distribution.sigma ** 2) - 1;
    case 'erlang':
      return 1 / distribution.k;
    case 'hyperexponential': {
      const { p, mean1, mean2 } = distribution;
      const second = 2 * (p * mean1 ** 2 + (1 - p) * mean2 ** 2);
      return second / meanOf(distribution) ** 2 - 1;
    }
    case 'bounded-pareto': {
      const { alpha, low, high } = distribution;
      return paretoMoment(alpha, low, high, 2) / paretoMoment(alpha, low, high, 1) ** 2 - 1;
    }
    case 'empirical':
      return empiricalMoment(distribution, 2) / empiricalMoment(distribution, 1) ** 2 - 1;
  }
}

/** Integral of the quantile function (of its square) over its lines: the mean of a and b, or (a^2 + ab + b^2) / 3, times the width. */
function empiricalMoment({ probabilities, values }: Empirical, k: 1 | 2): number {
  let sum = 0;
  for (let i = 1; i < values.length; i += 1) {
    const [a, b] = [values[i - 1], values[i]];
    sum += (probabilities[i] - probabilities[i - 1]) * (k === 1 ? (a + b) / 2 : (a * a + a * b + b * b) / 3);
  }
  return sum;
}

function paretoMoment(alpha: number, low: number, high: number, k: number): number {
  const scale = (alpha * low ** alpha) / (1 - (low / high) ** alpha);
  if (alpha === k) return scale * Math.log(high / low);
  return (scale * (high ** (k - alpha) - low ** (k - alpha))) / (k - alpha);
}

/**
 * Inverse of the standard normal distribution function, relative error about 1e-9.
 * Source: P. J. Acklam's rational approximation.
 */
export function normalQuantile(p: number): number {
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 0.97575) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

function tail(q: number): number {
  return (
    (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
  );
}
