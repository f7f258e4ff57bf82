import type { Decision } from '../../domain/decision.js';
import type { Micros } from '../../kernel/micros.js';
import { type Clock, formatClock } from '../format/clock.js';
import { plural } from '../../domain/number-format.js';
import { countedNoun } from './counted-noun.js';
import { explainDecision } from './explain-decision.js';
import { mergeHolds } from './merge-holds.js';
import { reasonLabel } from './reason-label.js';

/**
 * Prose for the decisions with `from <= at < to`, a line each in the order made; consecutive holds of one workload for the same reason share a line.
 *
 * Empty when nothing was decided in the range.
 */
export function explainRange(
  decisions: readonly Decision[],
  from: Micros,
  to: Micros,
  clock: Clock = formatClock,
): readonly string[] {
  const within = decisions.filter(({ at }) => at >= from && at < to);
  return mergeHolds(within).map((run) => {
    const { first, last, count } = run;
    if (count === 1) return explainDecision(first, clock);
    const held = `${first.workload}: holds at ${plural(first.desired, countedNoun(first))}`;
    return `${clock(first.at)} to ${clock(last.at)} ${held} through ${plural(count, 'decision')} (${reasonLabel(first.reason)}).`;
  });
}
