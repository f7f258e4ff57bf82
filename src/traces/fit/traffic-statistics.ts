/** Mean of values; 0 of none. */
export function meanOfValues(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i];
  return values.length === 0 ? 0 : sum / values.length;
}

/** Middle of values, the mean of the two middle ones where their number is even; NaN of none. */
export function medianOfValues(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Correlation of a series with itself `lag` places later; null where it is too short or never changes. */
export function autocorrelation(values: ArrayLike<number>, lag: number): number | null {
  const mean = meanOfValues(values);
  let own = 0;
  let shared = 0;
  for (let i = 0; i < values.length; i += 1) {
    own += (values[i] - mean) ** 2;
    if (i >= lag) shared += (values[i] - mean) * (values[i - lag] - mean);
  }
  return values.length <= lag || own === 0 ? null : shared / own;
}

/** Means of `size` values each; an incomplete rest is left out. */
export function inGroups(values: ArrayLike<number>, size: number): Float64Array {
  const groups = new Float64Array(Math.floor(values.length / size));
  for (let i = 0; i < groups.length * size; i += 1) groups[Math.floor(i / size)] += values[i] / size;
  return groups;
}

/** Standard deviation over mean; null where the mean is 0. */
export function variation(values: ArrayLike<number>): number | null {
  const mean = meanOfValues(values);
  if (mean === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] - mean) ** 2;
  return Math.sqrt(sum / values.length) / mean;
}
