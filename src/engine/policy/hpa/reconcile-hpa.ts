import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import { type HpaCondition, withCondition } from './conditions.js';
import { heldAtSpec } from './held-at-spec.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaInput } from './hpa-input.js';
import type { HpaOutcome } from './hpa-outcome.js';
import type { HpaState } from './hpa-state.js';
import { normalize } from './normalize.js';
import { proposeReplicas } from './propose-replicas.js';
import { rescale } from './rescale.js';

/** The autoscaler's memory after a tick, and its decision. */
export interface HpaStep {
  /** The memory once the decision has been carried out in full. */
  readonly state: HpaState;
  /** The memory before it is: what metrics asked for is in the log already, no change is. To be completed by `rememberChange`. */
  readonly pending: HpaState;
  readonly outcome: HpaOutcome;
}

const gotScale: HpaCondition = {
  type: 'AbleToScale',
  status: 'True',
  reason: 'SucceededGetScale',
  message: "the HPA controller was able to get the target's current scale",
};

/**
 * One tick of a horizontal pod autoscaler: what Kubernetes would ask for, and why.
 *
 * Pure: the same configuration, memory, input and time give the same step. Replicas outside of the bounds go back to them
 * before any metric is looked at; otherwise metrics propose, windows and limits dispose. Source: kubernetes
 * pkg/controller/podautoscaler, reconcileAutoscaler.
 */
export function reconcileHpa(config: HpaConfig, state: HpaState, input: HpaInput, now: Micros): HpaStep {
  const current = input.specReplicas;
  const seeded =
    state.recommendations === null ? { ...state, recommendations: [{ replicas: current, at: now }] } : state;
  const held = heldAtSpec(config, seeded, current);
  if (held === null) return reconcileByMetrics(config, seeded, input, now);
  const { desired, rule, condition } = held;
  const conditions = condition === null ? [gotScale] : [gotScale, condition];
  const silent = { rawDesired: null, winner: null, proposals: [], rules: [rule] };
  return {
    ...rescale(config, seeded, { current, desired, now }, { ...silent, conditions }),
    pending: seeded,
  };
}

function reconcileByMetrics(config: HpaConfig, state: HpaState, input: HpaInput, now: Micros): HpaStep {
  const current = input.specReplicas;
  const { replicas, winner, failure, proposals, rules } = proposeReplicas(config, input, now);
  if (replicas === null) {
    const conditions = withCondition([gotScale], scalingInactive(failure));
    const outcome = {
      desiredReplicas: current,
      rescaled: false,
      rawDesired: null,
      winner,
      proposals,
      rules,
      conditions,
    };
    return { state, pending: state, outcome };
  }
  // A negative metric asks for no pods, not for fewer than none.
  const desired = Math.max(0, replicas);
  const active = withCondition([gotScale], {
    type: 'ScalingActive',
    status: 'True',
    reason: 'ValidMetricFound',
    message: `the HPA was able to successfully calculate a replica count from ${winner}`,
  });
  const normalized = normalize(config, state, { current, desired, now }, active);
  const raised = raisedFromZero(config, current, normalized.replicas);
  const remembered = { ...state, recommendations: normalized.recommendations };
  const decided = {
    rawDesired: desired,
    winner,
    proposals,
    rules: [...rules, ...normalized.rules, ...raised.rules],
    conditions: normalized.conditions,
  };
  const change = { current, desired: raised.replicas, now };
  return { ...rescale(config, remembered, change, decided), pending: remembered };
}

function scalingInactive(failure: { readonly reason: string; readonly message: string } | null): HpaCondition {
  const { reason, message } = failure ?? { reason: 'Unknown', message: '' };
  return {
    type: 'ScalingActive',
    status: 'False',
    reason,
    message: `the HPA was unable to compute the replica count: ${message}`,
  };
}

/** A minimum that was raised while we were at zero must hold even where the policies allow a smaller step. */
function raisedFromZero(
  { minReplicas }: HpaConfig,
  current: number,
  replicas: number,
): { readonly replicas: number; readonly rules: readonly Rule[] } {
  if (current !== 0 || replicas >= minReplicas) return { replicas, rules: [] };
  const rule = { rule: 'min', before: replicas, after: minReplicas, numbers: { min: minReplicas } };
  return { replicas: minReplicas, rules: [rule] };
}
