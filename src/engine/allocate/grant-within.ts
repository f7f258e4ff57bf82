/** What one workload asks of a budget. */
export interface BudgetClaim {
  /** Replicas that it gets at any rate. */
  readonly least: number;
  /** Replicas that it asks for; not fewer than `least`. */
  readonly wanted: number;
  /** Of one replica, in USD an hour. */
  readonly price: number;
  /** The higher is served first. */
  readonly priority: number;
}

/** What a budget pays for. */
export interface Grants {
  /** Replicas of each claim, in their order. */
  readonly granted: readonly number[];
  /** What the least of all costs, which is paid even where it is more than there is. */
  readonly leastPerHour: number;
  /** What is left in the end; negative where the least alone is too much. */
  readonly leftPerHour: number;
}

/** Sums of prices may miss the whole budget by a hair. */
const HAIR = 1e-9;

/**
 * The least of all first, then one replica after the other in an order that does not depend on the money: claims of higher priority before
 * those of lower, and among equals whoever has the smallest share of what it asks for beyond its least. The first replica that there is not
 * enough for ends it, even where a cheaper one further on could be paid: so no priority is cut while a lower one has more than its least,
 * and with more money nobody gets less.
 */
export function grantWithin(claims: readonly BudgetClaim[], perHour: number): Grants {
  const granted = claims.map(({ least }) => least);
  const leastPerHour = claims.reduce((sum, { least, price }) => sum + least * price, 0);
  let left = perHour - leastPerHour;
  for (const level of byPriority(claims)) {
    for (;;) {
      const next = neediest(level, claims, granted);
      if (next === null) break;
      const { price } = claims[next];
      if (price > left + HAIR) return { granted, leastPerHour, leftPerHour: left };
      left -= price;
      granted[next] += 1;
    }
  }
  return { granted, leastPerHour, leftPerHour: left };
}

/** Positions of the claims, those of one priority together, the highest first. */
function byPriority(claims: readonly BudgetClaim[]): readonly (readonly number[])[] {
  const levels = new Map<number, number[]>();
  claims.forEach(({ priority }, i) => {
    levels.set(priority, [...(levels.get(priority) ?? []), i]);
  });
  return [...levels].sort(([a], [b]) => b - a).map(([, level]) => level);
}

/** The claim that would have the smallest share with one replica more, the first of several; null where all have what they ask for. */
function neediest(level: readonly number[], claims: readonly BudgetClaim[], granted: readonly number[]): number | null {
  let found: number | null = null;
  let least = Infinity;
  for (const i of level) {
    const { least: from, wanted } = claims[i];
    if (granted[i] >= wanted) continue;
    const share = (granted[i] + 1 - from) / (wanted - from);
    if (share < least) [found, least] = [i, share];
  }
  return found;
}
