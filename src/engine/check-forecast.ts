import type { Forecast, Quantiles } from '../domain/forecast.js';

/** What is wrong with a forecast, in words; null when nothing is. */
export function checkForecast(forecast: Forecast): string | null {
  if ((forecast.points.length === 0) !== (forecast.abstained !== null)) {
    return `${forecast.model} must give points or a reason for having none, not ${forecast.abstained === null ? 'neither' : 'both'}`;
  }
  for (const { horizonMicros, rate, cpuMillis, memoryMiB } of forecast.points) {
    if (isSound(rate) && isSound(cpuMillis) && isSound(memoryMiB)) continue;
    return `${forecast.model} gave a quantile that is no amount, at ${horizonMicros / 1e6} s`;
  }
  return null;
}

function isSound(quantiles: Quantiles | null): boolean {
  if (quantiles === null) return true;
  const { q05, q50, q90, q95, q99 } = quantiles;
  return q05 >= 0 && Number.isFinite(q05 + q50 + q90 + q95 + q99);
}
