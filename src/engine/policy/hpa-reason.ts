import type { Observation } from '../../domain/observation.js';
import type { HpaOutcome } from './hpa/hpa-outcome.js';
import { staleReason } from './stale-reason.js';

/** Rules that dispose of what the metrics propose, and the word for a decision that they made. */
const limits = new Map([
  ['stabilization', 'stabilized'],
  ['rate-policy', 'rate-limited'],
  ['scale-up-limit', 'rate-limited'],
  ['max', 'at-maximum'],
  ['min', 'at-minimum'],
]);

/** The one word for the table of reasons: the last limit that changed the number, else which way it went, else why it stayed. */
export function hpaReason(outcome: HpaOutcome, specReplicas: number, observation: Observation): string {
  const { desiredReplicas, rescaled, rawDesired, rules } = outcome;
  const last = rules.findLast(({ rule, before, after }) => before !== after && limits.has(rule));
  const limited = last === undefined ? undefined : limits.get(last.rule);
  if (limited !== undefined) return limited;
  if (rescaled) return desiredReplicas > specReplicas ? 'scaled-up' : 'scaled-down';
  if (specReplicas === 0 && rawDesired === null) return 'scaling-disabled';
  if (rawDesired === null) return staleReason(observation);
  return rules.some(({ rule, before, after }) => rule === 'direction-flip' && before !== after)
    ? 'held'
    : 'within-tolerance';
}
