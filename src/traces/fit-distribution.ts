import { cumulative } from '../kernel/cumulative.js';
import { type Distribution, normalQuantile } from '../kernel/distributions.js';

/** A fitted distribution and its largest distance from the recorded distribution function. */
export interface DistributionFit {
  readonly distribution: Distribution;
  readonly ksDistance: number;
}

/** A point of the recorded distribution function. */
interface Point {
  readonly x: number;
  readonly p: number;
}

/** Quantiles that a fit goes by: the tails beyond them hold the outliers. */
const probabilities = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];

/** Shapes that are tried, each at the scale that suits it best. */
const erlangStages = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 32, 40, 50];
const hyperexponentialScvs = [1.25, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 15, 20, 30];
const paretoAlphas = [0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.8, 2.1, 2.5, 3, 4];

/**
 * The best of log-normal, exponential, Erlang, hyperexponential and bounded Pareto for a sample, by quantiles: each family is laid
 * through the quantiles from 5% to 99% on a logarithmic scale, so that a few wild values move nothing, and the one nearest to the whole sample wins.
 *
 * `sorted` ascends and holds values of at least 0, rounded to whole multiples of `resolution`: a value v stands for anything up to
 * v + resolution / 2, and the distance is taken there. A sample of one value is a constant.
 */
export function fitDistribution(sorted: Float64Array, resolution: number): DistributionFit {
  const steps = stepsOf(sorted, resolution);
  const chosen = probabilities.map((p) => steps.find((step) => step.p >= p) ?? steps[steps.length - 1]);
  const points = [...new Set(chosen)].filter(({ p }) => p < 1);
  if (points.length === 0) return { distribution: { kind: 'constant', value: sorted[0] }, ksDistance: 0 };
  const spread = Math.max(1.001, steps[steps.length - 1].x / steps[0].x);
  const candidates = [
    ...lognormals(points),
    ...erlangStages.map((k) =>
      scaledTo(points, k === 1 ? { kind: 'exponential', mean: 1 } : { kind: 'erlang', k, mean: 1 }),
    ),
    ...hyperexponentialScvs.map((scv) => scaledTo(points, balanced(scv))),
    ...paretoAlphas.map((alpha) => scaledTo(points, { kind: 'bounded-pareto', alpha, low: 1, high: spread })),
  ];
  const fits = candidates.map((distribution) => ({ distribution, ksDistance: distance(distribution, steps) }));
  return fits.reduce((best, fit) => (fit.ksDistance < best.ksDistance ? fit : best));
}

/** The steps of the recorded distribution function. */
function stepsOf(sorted: Float64Array, resolution: number): readonly Point[] {
  const steps: Point[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    if (sorted[i] === sorted[i + 1]) continue;
    steps.push({ x: sorted[i] + resolution / 2, p: (i + 1) / sorted.length });
  }
  return steps;
}

/** Least squares of ln x on the normal quantile; through the median alone where there is one point. */
function lognormals(points: readonly Point[]): readonly Distribution[] {
  if (points.length < 2) return [];
  const zs = points.map(({ p }) => normalQuantile(p));
  const logs = points.map(({ x }) => Math.log(x));
  const [meanZ, meanLog] = [meanOf(zs), meanOf(logs)];
  const covariance = meanOf(zs.map((z, i) => (z - meanZ) * (logs[i] - meanLog)));
  const sigma = covariance / meanOf(zs.map((z) => (z - meanZ) ** 2));
  return sigma > 0 ? [{ kind: 'lognormal', mu: meanLog - sigma * meanZ, sigma }] : [];
}

/** A distribution at the scale whose quantiles lie nearest to the points, on a logarithmic scale. */
function scaledTo(points: readonly Point[], unit: Distribution): Distribution {
  const quantileOf = inverse(unit);
  return scaled(unit, Math.exp(meanOf(points.map(({ x, p }) => Math.log(x / quantileOf(p))))));
}

function scaled(distribution: Distribution, by: number): Distribution {
  switch (distribution.kind) {
    case 'constant':
      return { ...distribution, value: distribution.value * by };
    case 'lognormal':
      return { ...distribution, mu: distribution.mu + Math.log(by) };
    case 'hyperexponential':
      return { ...distribution, mean1: distribution.mean1 * by, mean2: distribution.mean2 * by };
    case 'bounded-pareto':
      return { ...distribution, low: distribution.low * by, high: distribution.high * by };
    case 'empirical':
      return { ...distribution, values: distribution.values.map((value) => value * by) };
    default:
      return { ...distribution, mean: distribution.mean * by };
  }
}

/** Two exponentials of mean 1 together, each carrying half of it. */
function balanced(scv: number): Distribution {
  const p = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return { kind: 'hyperexponential', p, mean1: 1 / (2 * p), mean2: 1 / (2 * (1 - p)) };
}

/** The quantile function by bisection on a logarithmic scale, for distributions of mean about 1. */
function inverse(distribution: Distribution): (p: number) => number {
  const chance = cumulative(distribution);
  return (p) => {
    let [low, high] = [-20, 20];
    for (let i = 0; i < 50; i += 1) {
      const middle = (low + high) / 2;
      if (chance(Math.exp(middle)) < p) low = middle;
      else high = middle;
    }
    return Math.exp((low + high) / 2);
  };
}

function distance(distribution: Distribution, steps: readonly Point[]): number {
  const chance = cumulative(distribution);
  return steps.reduce((most, { x, p }) => Math.max(most, Math.abs(chance(x) - p)), 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
