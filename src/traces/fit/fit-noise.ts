import { autocorrelation, meanOfValues } from './traffic-statistics.js';

/** Log-normal AR(1) noise. */
export interface FittedNoise {
  /** Standard deviation of the logarithm, what chance does to counts taken out. */
  readonly sigma: number;
  /** After this time the correlation has fallen to 1/e. */
  readonly correlationMicros: number;
}

/** Correlations below this say nothing about the rate at which they fall. */
const LEAST_CORRELATION = 0.2;
const MOST_LAGS = 48;

/**
 * Noise from the logarithms of what is left when the curve is divided out.
 *
 * `chanceVariance` is what Poisson counts add to the variance of a logarithm, 1 / mean count. The correlation time is the
 * least-squares slope through the origin of the logarithms of the correlations up to the first below 0.2, two days at most.
 */
export function fitNoise(residuals: Float64Array, chanceVariance: number, binMicros: number): FittedNoise {
  const mean = meanOfValues(residuals);
  const all = residuals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / residuals.length;
  const variance = Math.max(0, all - chanceVariance);
  if (variance === 0) return { sigma: 0, correlationMicros: binMicros };
  let squares = 0;
  let products = 0;
  for (let lag = 1; lag <= MOST_LAGS; lag += 1) {
    const correlation = Math.min(0.999, ((autocorrelation(residuals, lag) ?? 0) * all) / variance);
    if (correlation < LEAST_CORRELATION) break;
    squares += lag * lag;
    products += lag * -Math.log(correlation);
  }
  const correlationMicros = products === 0 ? binMicros / 2 : Math.round((binMicros * squares) / products);
  return { sigma: Math.sqrt(variance), correlationMicros };
}
