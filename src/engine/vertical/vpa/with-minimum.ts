import type { Estimator } from './estimator.js';

/** Never less than the container's part of the least that a pod gets. */
export function withMinimum(minimum: number, inner: Estimator): Estimator {
  return (history) => {
    const { amount: before, rules } = inner(history);
    const amount = Math.max(before, minimum);
    return { amount, rules: [...rules, { rule: 'pod-minimum', before, after: amount, numbers: { bound: minimum } }] };
  };
}
