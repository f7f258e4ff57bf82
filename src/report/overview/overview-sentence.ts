import { formatMilliseconds, formatShare, formatUsd, plural } from '../../domain/number-format.js';
import { costOverTime } from '../verdict.js';
import { bestVariant, cheapest } from './best-variant.js';
import type { Overview } from './overview-run.js';
import { type OverSeeds, variantSummaries, type VariantSummary } from './variant-summary.js';

/** Which variant is best on the objective and on cost, in a sentence or two. */
export function overviewSentence({ runs, planned }: Overview): string {
  const summaries = variantSummaries(runs);
  const best = bestVariant(summaries);
  const missing = planned > runs.length ? ` Only ${runs.length} of ${planned} runs are finished.` : '';
  if (best === null) return `No request was offered, so no objective could be met or missed.${missing}`;
  return `${summaries.length === 1 ? alone(best) : amongOthers(best, summaries)}${missing}`;
}

function alone(summary: VariantSummary): string {
  const { held, runs, attained } = summary;
  const served = range(attained, formatShare);
  return `The objective was met with ${held} of ${plural(runs.length, 'seed')}: ${served} ${within(summary)}, for ${price(summary)}.`;
}

function amongOthers(best: VariantSummary, summaries: readonly VariantSummary[]): string {
  const held = summaries.filter(({ held: count, runs }) => count === runs.length);
  const facts = `${formatShare(best.attained.mean)} ${within(best)}, for ${price(best)}`;
  const seeds = best.runs.length > 1 ? ` with every one of ${best.runs.length} seeds` : '';
  if (held.length === 0) {
    return `None of ${summaries.length} variants held${seeds}. ${best.variant} came closest: ${facts}.`;
  }
  if (held.length === 1) return `Only ${best.variant} held${seeds}: ${facts}.${against(best, summaries)}`;
  const equals = cheapest(held).length;
  const rank =
    equals === 1
      ? `the cheapest of ${held.length} variants that held${seeds}`
      : `the best of ${equals} variants that held${seeds} and cost the same${equals < held.length ? `, less than the other ${held.length - equals}` : ''}`;
  return `${best.variant} is ${rank}: ${facts}.${against(best, summaries)}`;
}

/** The base is what people have, so the best is held against it. */
function against(best: VariantSummary, summaries: readonly VariantSummary[]): string {
  const base = summaries.find(({ variant }) => variant === 'base');
  if (base === undefined || base === best) return '';
  const cost = (base.costPerHour.mean ?? 0) / (best.costPerHour.mean ?? 0) - 1;
  const held = base.held === base.runs.length ? 'held' : 'did not hold';
  const share = formatShare(Math.abs(cost));
  const less =
    !Number.isFinite(cost) || share === '0%' ? 'costs the same' : `costs ${share} ${cost < 0 ? 'less' : 'more'}`;
  return ` The base ${held} (${formatShare(base.attained.mean)}) and ${less}.`;
}

function within({ runs }: VariantSummary): string {
  const { slo } = runs[0].result;
  return `within ${formatMilliseconds(slo.latencyMs)} (target ${formatShare(slo.target)})`;
}

/** Money over the time in which people budget, as in the verdict of one run. */
function price({ runs, costPerHour }: VariantSummary): string {
  const { per } = costOverTime(runs[0].result);
  const hours = per === 'day' ? 24 : 1;
  return `${formatUsd(costPerHour.mean === null ? null : costPerHour.mean * hours)} ${per === 'day' ? 'a day' : 'an hour'}`;
}

/** `96.8%`, or `96.8% to 97.1%` where seeds differ. */
export function range({ least, most }: OverSeeds, format: (value: number | null) => string): string {
  const [low, high] = [format(least), format(most)];
  return low === high ? low : `${low} to ${high}`;
}
