import type { Rule } from '../../domain/decision.js';
import type { HorizontalInput } from '../ports.js';
import { staleReason } from './stale-reason.js';

/** Rules that decide a number, and the word for a decision that they made; of several the last one in a decision counts. */
const deciding = new Map([
  ['panic', 'panic'],
  ['max-scale-up-rate', 'rate-limited'],
  ['max-scale-down-rate', 'rate-limited'],
  ['activation-scale', 'activation'],
  ['scale-down-delay', 'scale-down-delay'],
  ['initial-scale', 'initial-scale'],
  ['min', 'at-minimum'],
  ['max', 'at-maximum'],
  ['activation', 'activation'],
  ['scale-to-zero-window', 'scale-to-zero-window'],
  ['scale-to-zero-grace', 'scale-to-zero-grace'],
  ['scale-to-zero', 'scale-to-zero'],
]);

/** The one word for the table of reasons. */
export function kpaReason(
  { valid, rules }: { readonly valid: boolean; readonly rules: readonly Rule[] },
  { desired, input: { specReplicas, observation } }: { readonly desired: number; readonly input: HorizontalInput },
): string {
  if (!valid) return staleReason(observation);
  const last = rules.findLast(({ rule, before, after }) => deciding.has(rule) && before !== after);
  const word = last === undefined ? undefined : deciding.get(last.rule);
  if (word !== undefined) return word;
  if (desired === specReplicas) return 'at-desired';
  return desired > specReplicas ? 'scaled-up' : 'scaled-down';
}
