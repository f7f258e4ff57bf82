/** A straight line through samples. */
export interface LinearFit {
  readonly perSecond: number;
  /** Its value at the instant that was asked for. */
  readonly value: number;
}

/** Least squares through samples at `times` in microseconds; null with fewer than two. `at` is where its value is asked for. */
export function linearFit(times: readonly number[], values: readonly number[], at: number): LinearFit | null {
  const n = times.length;
  if (n < 2) return null;
  if (values.every((value) => value === values[0])) return { perSecond: 0, value: values[0] };
  let [sumX, sumY, sumXY, sumXX] = [0, 0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const x = (times[i] - at) / 1e6;
    sumX += x;
    sumY += values[i];
    sumXY += x * values[i];
    sumXX += x * x;
  }
  const perSecond = (sumXY - (sumX * sumY) / n) / (sumXX - (sumX * sumX) / n);
  return { perSecond, value: sumY / n - (perSecond * sumX) / n };
}
