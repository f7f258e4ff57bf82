/** Weights of a mean of 1 to four decimals, so that a pod that nobody knows yet, of weight 1, is an ordinary one. Amounts are above 0. */
export function normalisedWeights(amounts: ReadonlyMap<string, number>): Record<string, number> {
  const mean = [...amounts.values()].reduce((sum, amount) => sum + amount, 0) / amounts.size;
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, roundedWeight(amount / mean)]));
}

/** To four decimals, but never down to nothing. */
export function roundedWeight(weight: number): number {
  return Math.max(1, Math.round(weight * 1e4)) / 1e4;
}
