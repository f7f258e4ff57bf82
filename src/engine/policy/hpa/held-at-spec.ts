import type { Rule } from '../../../domain/decision.js';
import type { HpaCondition } from './conditions.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaState } from './hpa-state.js';

/** What is decided by the present number of replicas alone. */
export interface HeldAtSpec {
  readonly desired: number;
  readonly rule: Rule;
  readonly condition: HpaCondition | null;
}

const disabled: HpaCondition = {
  type: 'ScalingActive',
  status: 'False',
  reason: 'ScalingDisabled',
  message: 'scaling is disabled since the replica count of the target is zero',
};

/**
 * What to do without looking at a metric: back into the bounds, or nothing for a workload that somebody switched off.
 *
 * Zero replicas are a switch, unless the minimum is zero or it was us who scaled to zero (head, gate HPAScaleToZero). Null
 * where the metrics are to decide. Source: kubernetes, reconcileAutoscaler and shouldComputeMetricsForZeroReplicas.
 */
export function heldAtSpec(config: HpaConfig, state: HpaState, current: number): HeldAtSpec | null {
  const { minReplicas: min, maxReplicas: max } = config;
  if (current === 0) return scalesFromZero(config, state) ? null : switchedOff(min);
  if (current > max) {
    return { desired: max, rule: { rule: 'max', before: current, after: max, numbers: { max } }, condition: null };
  }
  if (current < min) {
    return { desired: min, rule: { rule: 'min', before: current, after: min, numbers: { min } }, condition: null };
  }
  return null;
}

function scalesFromZero({ minReplicas, semantics, gates }: HpaConfig, { scaledToZero }: HpaState): boolean {
  return minReplicas === 0 || (semantics === 'head' && gates.scaleToZero && scaledToZero);
}

function switchedOff(min: number): HeldAtSpec {
  const numbers = { min, why: 'the workload was scaled to zero by somebody else' };
  return { desired: 0, rule: { rule: 'scale-to-zero', before: 0, after: 0, numbers }, condition: disabled };
}
