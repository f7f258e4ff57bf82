import type { Rule } from '../../../domain/decision.js';

/** Reasons of the condition ScalingLimited in Kubernetes. */
export type LimitReason =
  'DesiredWithinRange' | 'TooFewReplicas' | 'TooManyReplicas' | 'ScaleUpLimit' | 'ScaleDownLimit';

/** Replicas after the limits looked at them. */
export interface Limited {
  readonly replicas: number;
  readonly reason: LimitReason;
  readonly rules: readonly Rule[];
}

/** What Kubernetes says of each reason. */
export const limitMessages = {
  DesiredWithinRange: 'the desired count is within the acceptable range',
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit: 'the desired replica count is decreasing faster than the maximum scale rate',
} as const satisfies Record<LimitReason, string>;
