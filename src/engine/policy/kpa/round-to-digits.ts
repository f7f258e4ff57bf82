/** Rounds to `digits` decimals, halves away from zero; never minus zero. Source: knative/serving pkg/autoscaler/aggregation. */
export function roundToDigits(digits: number, value: number): number {
  const power = 10 ** digits;
  return (Math.sign(value) * Math.round(Math.abs(value) * power)) / power + 0;
}
