import { partOfUp } from '../../kernel/part-of.js';
import type { KeyedRandom } from '../../kernel/random.js';

/** How many fall: a number, or a share of the candidates, rounded up so that a share hits somebody. */
export type HowMany = { readonly count: number } | { readonly share: number };

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
  const count = 'count' in howMany ? howMany.count : partOfUp(howMany.share, candidates.length);
  const drawn = candidates.map((candidate) => ({ candidate, draw: random.uniform(ordinalOf(candidate)) }));
  drawn.sort((a, b) => a.draw - b.draw);
  const victims = new Set(drawn.slice(0, Math.max(0, count)).map(({ candidate }) => candidate));
  return candidates.filter((candidate) => victims.has(candidate));
}
