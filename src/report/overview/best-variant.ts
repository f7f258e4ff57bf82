import type { VariantSummary } from './variant-summary.js';

/**
 * The cheapest of the variants that met the objective and every threshold with every seed, of equally cheap ones the one that served the
 * largest share of requests in time; where none met them, the one that served the most. Of equal ones the first; null where no run had a request.
 */
export function bestVariant(summaries: readonly VariantSummary[]): VariantSummary | null {
  const held = summaries.filter(({ held: count, runs }) => count === runs.length);
  const least = lowest(cheapest(held), missed);
  if (least !== null) return least;
  const judged = summaries.filter(({ attained }) => attained.mean !== null);
  return lowest(judged, missed);
}

/** Costs that differ by less are the same: sums of the same hours in another order. */
const SAME = 1e-9;

/** Those that cost as little as any of them. */
export function cheapest(summaries: readonly VariantSummary[]): readonly VariantSummary[] {
  const cost = ({ costPerHour }: VariantSummary): number => costPerHour.mean ?? Infinity;
  const least = Math.min(...summaries.map(cost));
  return summaries.filter((summary) => cost(summary) <= least * (1 + SAME));
}

function missed({ attained }: VariantSummary): number {
  return 1 - (attained.mean ?? 0);
}

function lowest(summaries: readonly VariantSummary[], of: (summary: VariantSummary) => number): VariantSummary | null {
  return summaries.reduce<VariantSummary | null>(
    (best, summary) => (best === null || of(summary) < of(best) ? summary : best),
    null,
  );
}
