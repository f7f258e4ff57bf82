import type { Distribution, Empirical } from './distributions.js';

/** Chance of a value at most `x`, for x of at least 0, in the unit of the distribution. */
export type Cumulative = (x: number) => number;

/** The cumulative distribution function of a distribution; 0 below its support, 1 above. */
export function cumulative(distribution: Distribution): Cumulative {
  switch (distribution.kind) {
    case 'constant':
      return (x) => (x < distribution.value ? 0 : 1);
    case 'exponential':
      return exponential(distribution.mean);
    case 'lognormal':
      return (x) => (x <= 0 ? 0 : normalCumulative((Math.log(x) - distribution.mu) / distribution.sigma));
    case 'erlang':
      return erlang(distribution.k, distribution.mean);
    case 'hyperexponential': {
      const [first, second] = [exponential(distribution.mean1), exponential(distribution.mean2)];
      return (x) => distribution.p * first(x) + (1 - distribution.p) * second(x);
    }
    case 'bounded-pareto':
      return boundedPareto(distribution.alpha, distribution.low, distribution.high);
    case 'empirical':
      return empirical(distribution);
  }
}

/** Linear between the points. */
function empirical({ probabilities, values }: Empirical): Cumulative {
  return (x) => {
    const above = values.findIndex((value) => value > x);
    if (above < 0) return 1;
    if (above === 0) return 0;
    const share = (x - values[above - 1]) / (values[above] - values[above - 1]);
    return probabilities[above - 1] + share * (probabilities[above] - probabilities[above - 1]);
  };
}

function exponential(mean: number): Cumulative {
  return (x) => (x <= 0 ? 0 : -Math.expm1(-x / mean));
}

/** 1 - exp(-y) * (1 + y + ... + y^(k-1) / (k-1)!) with y = k x / mean, the terms kept as logarithms until they are summed. */
function erlang(k: number, mean: number): Cumulative {
  return (x) => {
    if (x <= 0) return 0;
    const y = (k * x) / mean;
    let logTerm = -y;
    let survival = Math.exp(logTerm);
    for (let i = 1; i < k; i += 1) {
      logTerm += Math.log(y / i);
      survival += Math.exp(logTerm);
    }
    return Math.max(0, 1 - survival);
  };
}

function boundedPareto(alpha: number, low: number, high: number): Cumulative {
  const span = 1 - (low / high) ** alpha;
  return (x) => (x <= low ? 0 : x >= high ? 1 : (1 - (low / x) ** alpha) / span);
}

/**
 * The standard normal distribution function, absolute error below 1e-8: 1/2 + density(z) * (z + z^3/3 + z^5/(3*5) + ...).
 * Source: G. Marsaglia, "Evaluating the normal distribution", J. Stat. Software 11(4), 2004.
 */
export function normalCumulative(z: number): number {
  if (Math.abs(z) > 6) return z < 0 ? 0 : 1;
  let term = z;
  let sum = z;
  for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
