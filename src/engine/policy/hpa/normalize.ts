import type { Rule } from '../../../domain/decision.js';
import { type HpaCondition, withCondition } from './conditions.js';
import type { HpaConfig } from './hpa-config.js';
import type { HpaState, Recommendation } from './hpa-state.js';
import { limitByBehavior } from './limit-by-behavior.js';
import { limitByBounds } from './limit-by-bounds.js';
import { type Limited, limitMessages } from './limited.js';
import type { Recommended } from './recommended.js';
import { stabilizationRule } from './stabilization-rule.js';
import { stabilizeBoth } from './stabilize-both.js';
import { stabilizeDown } from './stabilize-down.js';
import { stabilizeOneSide } from './stabilize-one-side.js';
import type { Stabilized } from './stabilized.js';

/** What remains of a recommendation after windows and limits. */
export interface Normalized {
  readonly replicas: number;
  readonly recommendations: readonly Recommendation[];
  readonly conditions: readonly HpaCondition[];
  readonly rules: readonly Rule[];
}

/** Takes what the metrics ask for through the stabilization windows, then the limits. */
export function normalize(
  config: HpaConfig,
  state: HpaState,
  recommended: Recommended,
  conditions: readonly HpaCondition[],
): Normalized {
  const { current, now } = recommended;
  const stabilized = stabilize(config, state.recommendations ?? [], recommended);
  const limited = limit(config, state, { current, desired: stabilized.replicas, now });
  return {
    replicas: limited.replicas,
    recommendations: stabilized.log,
    conditions: withCondition(
      withCondition(conditions, ableToScale(config, recommended, stabilized)),
      scalingLimited(stabilized, limited),
    ),
    rules: [stabilizationRule(config, recommended, stabilized), ...limited.rules],
  };
}

function stabilize(config: HpaConfig, log: readonly Recommendation[], recommended: Recommended): Stabilized {
  const { current, desired, now } = recommended;
  const { behavior, semantics, downscaleStabilizationMicros } = config;
  if (behavior === null) return stabilizeDown(log, desired, downscaleStabilizationMicros, now);
  const upMicros = behavior.scaleUp.stabilizationMicros;
  const downMicros = behavior.scaleDown.stabilizationMicros;
  const windows = { current, desired, upMicros, downMicros, now };
  return semantics === 'head' ? stabilizeBoth(log, windows) : stabilizeOneSide(log, windows);
}

function limit(config: HpaConfig, state: HpaState, { current, desired, now }: Recommended): Limited {
  const { behavior, semantics, minReplicas, maxReplicas } = config;
  if (behavior === null) return limitByBounds(current, desired, config);
  const { scaleUpEvents, scaleDownEvents } = state;
  const basis = { current, scaleUpEvents, scaleDownEvents, semantics, now };
  return limitByBehavior(desired, { minReplicas, maxReplicas, behavior }, basis);
}

function ableToScale(
  { behavior }: HpaConfig,
  { current, desired }: Recommended,
  { replicas }: Stabilized,
): HpaCondition {
  const condition = { type: 'AbleToScale', status: 'True' } as const;
  if (replicas === desired) {
    return { ...condition, reason: 'ReadyForNewScale', message: 'recommended size matches current size' };
  }
  if (behavior !== null && desired >= current) {
    const message = 'recent recommendations were lower than current one, applying the lowest recent recommendation';
    return { ...condition, reason: 'ScaleUpStabilized', message };
  }
  const message = 'recent recommendations were higher than current one, applying the highest recent recommendation';
  return { ...condition, reason: 'ScaleDownStabilized', message };
}

function scalingLimited(stabilized: Stabilized, { replicas, reason }: Limited): HpaCondition {
  const status = replicas === stabilized.replicas ? 'False' : 'True';
  return { type: 'ScalingLimited', status, reason, message: limitMessages[reason] };
}
