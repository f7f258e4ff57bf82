import type { Estimator } from './estimator.js';
import { scaleAmount } from './resource-amounts.js';

/** Adds a share of the amount to it, for safety. */
export function withMargin(fraction: number, inner: Estimator): Estimator {
  return (history) => {
    const { amount: before, rules } = inner(history);
    const amount = before + scaleAmount(before, fraction);
    return { amount, rules: [...rules, { rule: 'margin', before, after: amount, numbers: { fraction } }] };
  };
}
