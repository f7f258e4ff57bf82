/**
 * Integer division towards zero, as Go divides int64.
 *
 * Both arguments are whole. Above 2^53 a division of doubles can land on the wrong side of a whole number, and one percent
 * of utilization can be a pod; there BigInt decides.
 */
export function divideTruncated(dividend: number, divisor: number): number {
  if (Math.abs(dividend) <= Number.MAX_SAFE_INTEGER || !Number.isFinite(dividend)) {
    return Math.trunc(dividend / divisor) + 0;
  }
  return Number(BigInt(Math.trunc(dividend)) / BigInt(Math.trunc(divisor)));
}

/** 100 * part / whole in whole percent, towards zero; both arguments are whole. */
export function percentTruncated(part: number, whole: number): number {
  if (Math.abs(part) * 100 <= Number.MAX_SAFE_INTEGER || !Number.isFinite(part)) {
    return Math.trunc((part * 100) / whole) + 0;
  }
  return Number((BigInt(Math.trunc(part)) * 100n) / BigInt(Math.trunc(whole)));
}
