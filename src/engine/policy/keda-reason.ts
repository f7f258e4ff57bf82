import type { Rule } from '../../domain/decision.js';

/** What the operator did or kept, in one word; what the autoscaler says where the operator has nothing to say. */
export function kedaReason(operator: readonly Rule[], otherwise: string): string {
  const last = operator.at(-1);
  if (last === undefined) return otherwise;
  if (last.rule === 'min') return 'at-minimum';
  // While it cools down the autoscaler goes on between one replica and the most.
  return last.rule === 'cool-down' && otherwise !== 'at-desired' && otherwise !== 'within-tolerance'
    ? otherwise
    : last.rule;
}
