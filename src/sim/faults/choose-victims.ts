import type { KeyedRandom } from '../../kernel/random.js';

/** How many fall: a number, or a share of the candidates, rounded up so that a share hits somebody. */
export type HowMany = { readonly count: number } | { readonly share: number };

/** Keeps a product like 0.07 x 100 = 7.000000000000001 from being rounded up to 8. */
const ROUNDING = 1e-9;

/**
 * Who falls: the candidates with the lowest draws, each draw keyed by the candidate's ordinal, so that one candidate more shifts nobody's draw.
 *
 * Returned in the order of the candidates.
 */
export function chooseVictims<T>(
  candidates: readonly T[],
  howMany: HowMany,
  random: KeyedRandom,
  ordinalOf: (candidate: T) => number,
): T[] {
  const count = 'count' in howMany ? howMany.count : Math.ceil(howMany.share * candidates.length - ROUNDING);
  const drawn = candidates.map((candidate) => ({ candidate, draw: random.uniform(ordinalOf(candidate)) }));
  drawn.sort((a, b) => a.draw - b.draw);
  const victims = new Set(drawn.slice(0, Math.max(0, count)).map(({ candidate }) => candidate));
  return candidates.filter((candidate) => victims.has(candidate));
}
