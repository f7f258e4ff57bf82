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
  shares.length = wants.length;
  for (let i = 0; i < wants.length; i += 1) {
    shares[i] = wants[i] > 0 ? OPEN : 0;
    if (wants[i] > 0) weight += weights[i];
  }
  for (let filled = -1; filled !== 0 && weight > 0; weight -= filled) {
    filled = fill(left / weight, wants, weights, shares);
    left = capacity - given(shares);
  }
  for (let i = 0; i < wants.length; i += 1) if (shares[i] === OPEN) shares[i] = (weights[i] * left) / weight;
}

/** Gives all they want to those who want no more than a level by weight, and returns their weight. */
function fill(level: number, wants: readonly number[], weights: readonly number[], shares: number[]): number {
  let filled = 0;
  for (let i = 0; i < wants.length; i += 1) {
    if (shares[i] !== OPEN || wants[i] > weights[i] * level) continue;
    shares[i] = wants[i];
    filled += weights[i];
  }
  return filled;
}

function given(shares: readonly number[]): number {
  let sum = 0;
  for (const share of shares) if (share !== OPEN) sum += share;
  return sum;
}

const OPEN = -1;
