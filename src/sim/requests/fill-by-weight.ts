/**
 * Divides `capacity` in proportion to weight, giving nobody more than it wants: what one leaves goes to the others (weighted max-min
 * fairness by water-filling). Writes into `shares`, as many as there are `wants`; wants of 0 get nothing. Weights are whole and above 0.
 *
 * Source: A. Parekh and R. Gallager, "A generalized processor sharing approach to flow control" (1993), which the kernel's fair scheduler
 * approximates.
 */
export function fillByWeight(
  capacity: number,
  wants: readonly number[],
  weights: readonly number[],
  shares: number[],
): void {
  let left = capacity;
  let weight = 0;
  for (let i = 0; i < wants.length; i += 1) {
    shares[i] = wants[i] > 0 ? OPEN : 0;
    if (wants[i] > 0) weight += weights[i];
  }
  while (weight > 0) {
    const level = left / weight;
    let filled = 0;
    for (let i = 0; i < wants.length; i += 1) {
      if (shares[i] !== OPEN || wants[i] > weights[i] * level) continue;
      shares[i] = wants[i];
      left -= wants[i];
      filled += weights[i];
    }
    if (filled === 0) break;
    weight -= filled;
  }
  for (let i = 0; i < wants.length; i += 1) if (shares[i] === OPEN) shares[i] = (weights[i] * left) / weight;
}

const OPEN = -1;
