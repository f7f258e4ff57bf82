import { type Micros, seconds } from '../../../kernel/micros.js';

/** How far replicas may move within a period: a number of pods, or percent of the replicas at the period's start. */
export interface ScalingPolicy {
  readonly type: 'pods' | 'percent';
  readonly value: number;
  readonly periodMicros: Micros;
}

/** Rules for one direction. */
export interface ScalingRules {
  readonly stabilizationMicros: Micros;
  /** Which policy counts: the one that allows the largest change, the smallest, or none at all. */
  readonly select: 'max' | 'min' | 'disabled';
  readonly policies: readonly ScalingPolicy[];
  /** Fraction of the target; null takes the global tolerance. */
  readonly tolerance: number | null;
}

/** `spec.behavior` after Kubernetes' defaulting: both directions are always there. */
export interface HpaBehavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** What Kubernetes puts where a scale-up rule is not given. Source: k8s.io/api autoscaling/v2 defaults. */
export const defaultScaleUp: ScalingRules = {
  stabilizationMicros: seconds(0),
  select: 'max',
  policies: [
    { type: 'pods', value: 4, periodMicros: seconds(15) },
    { type: 'percent', value: 100, periodMicros: seconds(15) },
  ],
  tolerance: null,
};

/** What Kubernetes puts where a scale-down rule is not given; the window is the controller's own. */
export function defaultScaleDown(downscaleStabilizationMicros: Micros): ScalingRules {
  return {
    stabilizationMicros: downscaleStabilizationMicros,
    select: 'max',
    policies: [{ type: 'percent', value: 100, periodMicros: seconds(15) }],
    tolerance: null,
  };
}
