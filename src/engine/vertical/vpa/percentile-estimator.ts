import type { Estimator } from './estimator.js';
import { type VpaResource, amountOf, cpuAmountOf } from './resource-amounts.js';

/** The amount that the given share of the usage does not exceed. */
export function percentileEstimator(resource: VpaResource, share: number): Estimator {
  const toAmount = resource === 'cpu' ? cpuAmountOf : amountOf;
  return (history) => {
    const amount = toAmount(history.percentile(resource, share));
    return { amount, rules: [{ rule: 'percentile', before: amount, after: amount, numbers: { share } }] };
  };
}
