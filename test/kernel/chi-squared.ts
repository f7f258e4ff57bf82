/** Pearson's statistic of counts against expected counts, as a normal score (Wilson and Hilferty 1931): beyond 5 either way is no chance. */
export function chiSquaredScore(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce((sum, count, i) => sum + (count - expected[i]) ** 2 / expected[i], 0);
  const degrees = counts.length - 1;
  const spread = 2 / (9 * degrees);
  return ((statistic / degrees) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread);
}
