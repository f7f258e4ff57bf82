import type { VariantSummary } from './variant-summary.js';

/**
 * The cheapest of the variants that met the objective and every threshold with every seed; where none did, the one that served the largest
 * share of requests in time. Of equal ones the first; null where no run had a request.
 */
export function bestVariant(summaries: readonly VariantSummary[]): VariantSummary | null {
  const held = summaries.filter(({ held: count, runs }) => count === runs.length);
  if (held.length > 0) return lowest(held, ({ costPerHour }) => costPerHour.mean ?? Infinity);
  const judged = summaries.filter(({ attained }) => attained.mean !== null);
  return judged.length === 0 ? null : lowest(judged, ({ attained }) => -(attained.mean ?? 0));
}

function lowest(summaries: readonly VariantSummary[], of: (summary: VariantSummary) => number): VariantSummary {
  return summaries.reduce((best, summary) => (of(summary) < of(best) ? summary : best));
}
