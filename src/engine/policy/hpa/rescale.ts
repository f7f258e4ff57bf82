import type { Rule } from '../../../domain/decision.js';
import { type HpaCondition, withCondition } from './conditions.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaOutcome } from './hpa-outcome.js';
import type { HpaState } from './hpa-state.js';
import type { Recommended } from './recommended.js';
import { recordedEvent } from './scale-events.js';

/** What is known of the decision apart from its last number. */
export type Decided = Omit<HpaOutcome, 'desiredReplicas' | 'rescaled'>;

/** Carries a decision out, in full. */
export function rescale(
  config: HpaConfig,
  state: HpaState,
  { current, desired, now }: Recommended,
  decided: Decided,
): { readonly state: HpaState; readonly outcome: HpaOutcome } {
  if (desired === current) return { state, outcome: { ...decided, desiredReplicas: current, rescaled: false } };
  const toZero = toZeroRules(config, current, desired);
  const scaledToZero = toZero.length > 0;
  const rescaled = withCondition(decided.conditions, {
    type: 'AbleToScale',
    status: 'True',
    reason: 'SucceededRescale',
    message: `the HPA controller was able to update the target scale to ${desired}`,
  });
  const conditions = remembersZero(config) ? withCondition(rescaled, zeroCondition(scaledToZero)) : rescaled;
  return {
    state: rememberChange(config, state, { current, desired, now }),
    outcome: {
      ...decided,
      desiredReplicas: desired,
      rescaled: true,
      rules: [...decided.rules, ...toZero],
      conditions,
    },
  };
}

/**
 * The memory after a change of replicas was carried out: what rate policies count, and whether zero was our own doing.
 *
 * `desired` is what was really commanded, which a quota may have made less than what was decided; nothing is remembered of no change.
 */
export function rememberChange(config: HpaConfig, state: HpaState, change: Recommended): HpaState {
  const { current, desired } = change;
  if (desired === current) return state;
  return { ...withEvent(config, state, change), scaledToZero: toZeroRules(config, current, desired).length > 0 };
}

function withEvent({ behavior }: HpaConfig, state: HpaState, { current, desired, now }: Recommended): HpaState {
  if (behavior === null) return state;
  if (desired > current) {
    const scaleUpEvents = recordedEvent(state.scaleUpEvents, desired - current, behavior.scaleUp, now);
    return { ...state, scaleUpEvents };
  }
  const scaleDownEvents = recordedEvent(state.scaleDownEvents, current - desired, behavior.scaleDown, now);
  return { ...state, scaleDownEvents };
}

function remembersZero({ semantics, gates }: HpaConfig): boolean {
  return semantics === 'head' && gates.scaleToZero;
}

/** Only a metric that exists without pods can bring the workload back, so only then is zero our own doing. */
function toZeroRules(config: HpaConfig, current: number, desired: number): readonly Rule[] {
  const wakes = config.metrics.some(({ kind }) => kind === 'object' || kind === 'external');
  if (!remembersZero(config) || desired !== 0 || config.minReplicas !== 0 || !wakes) return [];
  return [{ rule: 'scale-to-zero', before: 0, after: 0, numbers: { from: current, min: 0 } }];
}

function zeroCondition(scaledToZero: boolean): HpaCondition {
  return scaledToZero
    ? {
        type: 'ScaledToZero',
        status: 'True',
        reason: 'ScaledToZero',
        message: 'the HPA controller scaled the workload to zero',
      }
    : {
        type: 'ScaledToZero',
        status: 'False',
        reason: 'NotScaledToZero',
        message: 'the HPA controller did not scale the workload to zero',
      };
}
