import { type Distribution, meanOf, scvOf } from '../kernel/distributions.js';

/** A distribution of a length of time in microseconds as scenarios write it, in one line: `{ lognormal: { mean: 41.3ms, cv: 0.941 } }`. Numbers are rounded to four digits. */
export function distributionText(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'constant':
      return milliseconds(distribution.value);
    case 'exponential':
      return `{ exponential: ${milliseconds(distribution.mean)} }`;
    case 'lognormal': {
      const cv = Math.sqrt(scvOf(distribution));
      return `{ lognormal: { mean: ${milliseconds(meanOf(distribution))}, cv: ${digits(cv)} } }`;
    }
    case 'erlang':
      return `{ erlang: { k: ${distribution.k}, mean: ${milliseconds(distribution.mean)} } }`;
    case 'hyperexponential':
      return `{ hyperexponential: { mean: ${milliseconds(meanOf(distribution))}, scv: ${digits(scvOf(distribution))} } }`;
    case 'bounded-pareto': {
      const { alpha, low, high } = distribution;
      return `{ boundedPareto: { alpha: ${digits(alpha)}, low: ${milliseconds(low)}, high: ${milliseconds(high)} } }`;
    }
    case 'empirical': {
      const { probabilities, values } = distribution;
      const points = probabilities.map((p, i) => `p${digits(p * 100)}: ${milliseconds(values[i])}`);
      return `{ quantiles: { ${points.join(', ')} } }`;
    }
  }
}

function milliseconds(micros: number): string {
  return `${digits(micros / 1000)}ms`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}
