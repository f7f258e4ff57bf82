import type { Rule } from '../../domain/decision.js';

/** What the operator did or kept, in one word; what the autoscaler says where the operator has nothing to say, or while it cools down. */
export function kedaReason(operator: readonly Rule[], otherwise: string, autoscaled: boolean): string {
  const last = operator.at(-1);
  if (last === undefined || (last.rule === 'cool-down' && autoscaled)) return otherwise;
  return last.rule === 'min' ? 'at-minimum' : last.rule;
}
