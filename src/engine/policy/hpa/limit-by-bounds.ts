import type { Rule } from '../../../domain/decision.js';
import type { HpaConfig } from './hpa-config.js';
import type { Limited } from './limited.js';

/**
 * Without `behavior`: at least the minimum, at most the maximum, and at most one step upwards.
 *
 * The step keeps a wrong sample from multiplying the workload at once. Source: kubernetes, convertDesiredReplicasWithRules.
 */
export function limitByBounds(
  current: number,
  desired: number,
  { minReplicas, maxReplicas, scaleUpLimit }: Pick<HpaConfig, 'minReplicas' | 'maxReplicas' | 'scaleUpLimit'>,
): Limited {
  const step = Math.trunc(Math.max(scaleUpLimit.factor * current, scaleUpLimit.minimum));
  const highest = Math.min(maxReplicas, step);
  if (desired < minReplicas) {
    const rule = { rule: 'min', before: desired, after: minReplicas, numbers: { min: minReplicas } };
    return { replicas: minReplicas, reason: 'TooFewReplicas', rules: [rule] };
  }
  const replicas = Math.min(desired, highest);
  const rules = consulted(current, desired, step, { minReplicas, maxReplicas });
  if (desired <= highest) return { replicas, reason: 'DesiredWithinRange', rules };
  return { replicas, reason: maxReplicas > step ? 'ScaleUpLimit' : 'TooManyReplicas', rules };
}

/** On the way down the minimum, on the way up the step and the maximum; where nothing moves, nothing is consulted. */
function consulted(
  current: number,
  desired: number,
  step: number,
  { minReplicas, maxReplicas }: { readonly minReplicas: number; readonly maxReplicas: number },
): readonly Rule[] {
  if (desired === current) return [];
  if (desired < current) return [{ rule: 'min', before: desired, after: desired, numbers: { min: minReplicas } }];
  const stepped = Math.min(desired, step);
  return [
    { rule: 'scale-up-limit', before: desired, after: stepped, numbers: { limit: step, current } },
    { rule: 'max', before: stepped, after: Math.min(stepped, maxReplicas), numbers: { max: maxReplicas } },
  ];
}
