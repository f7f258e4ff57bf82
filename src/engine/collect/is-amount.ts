/** Whether a number can be an amount of something. */
export function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
