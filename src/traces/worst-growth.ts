/** Traffic below this share of the mean is no base to grow from: the end of an outage is not growth. */
const LEAST_BASE = 0.05;
const MINUTE_SECONDS = 60;

/**
 * The largest ratio of a value to the value `horizonSeconds` earlier; null where a bin is longer than the horizon, or nothing grew from a base.
 *
 * Bins shorter than a minute are first averaged to minutes, since the ratio of two small counts says nothing. Bases below 5% of the mean are passed over.
 */
export function worstGrowth(values: Float64Array, stepSeconds: number, horizonSeconds: number): number | null {
  const perMinute = Math.max(1, Math.round(MINUTE_SECONDS / stepSeconds));
  if (stepSeconds * perMinute > horizonSeconds) return null;
  const minutes = averaged(values, perMinute);
  const ahead = Math.round(horizonSeconds / (stepSeconds * perMinute));
  const mean = minutes.reduce((sum, value) => sum + value, 0) / minutes.length;
  let worst: number | null = null;
  for (let i = 0; i + ahead < minutes.length; i += 1) {
    if (minutes[i] <= 0 || minutes[i] < LEAST_BASE * mean) continue;
    const ratio = minutes[i + ahead] / minutes[i];
    if (worst === null || ratio > worst) worst = ratio;
  }
  return worst;
}

/** Means of whole blocks; a last block that is not whole is left out. */
function averaged(values: Float64Array, block: number): Float64Array {
  if (block === 1) return values;
  const count = Math.floor(values.length / block);
  return Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let j = i * block; j < (i + 1) * block; j += 1) sum += values[j];
    return sum / block;
  });
}
