import type { Micros } from '../../../kernel/micros.js';
import type { ScalingPolicy, ScalingRules } from './hpa-behavior.js';
import type { HpaSemantics } from './hpa-config.js';
import type { ScaleEvent } from './hpa-state.js';
import { changeWithin } from './scale-events.js';

/** From where a limit is counted. */
export interface RateBasis {
  readonly current: number;
  readonly scaleUpEvents: readonly ScaleEvent[];
  readonly scaleDownEvents: readonly ScaleEvent[];
  readonly semantics: HpaSemantics;
  readonly now: Micros;
}

/** How far replicas may go, and the policy that says so; null when scaling in this direction is disabled. */
export interface RateLimit {
  readonly replicas: number;
  readonly policy: ScalingPolicy | null;
  /** Replicas at the start of the policy's period, as far as our own changes tell. */
  readonly periodStart: number;
}

/**
 * The highest number of replicas that the rules allow; below `current` when earlier changes have used up more than the period allows.
 *
 * Percent round up, so that a single pod can grow at all. Source: kubernetes, calculateScaleUpLimitWithScalingRules.
 */
export function scaleUpLimit(rules: ScalingRules, basis: RateBasis): RateLimit {
  const limits = rules.policies.map((policy) => {
    const periodStart = replicasAtStart(policy, basis, 'up');
    const { type, value } = policy;
    const replicas = type === 'pods' ? periodStart + value : Math.ceil(periodStart * (1 + value / 100));
    return { replicas, policy, periodStart };
  });
  return selected(limits, rules, basis.current, rules.select === 'max');
}

/**
 * The lowest number of replicas that the rules allow; above `current` when earlier changes have used up more than the period allows.
 *
 * Percent round down. Source: kubernetes, calculateScaleDownLimitWithBehaviors.
 */
export function scaleDownLimit(rules: ScalingRules, basis: RateBasis): RateLimit {
  const limits = rules.policies.map((policy) => {
    const periodStart = replicasAtStart(policy, basis, 'down');
    const { type, value } = policy;
    const replicas = type === 'pods' ? periodStart - value : Math.trunc(periodStart * (1 - value / 100)) + 0;
    return { replicas, policy, periodStart };
  });
  return selected(limits, rules, basis.current, rules.select === 'min');
}

/** What other hands changed is unknown and counts as having been there. v1.20 looked at events of the same direction only. */
function replicasAtStart({ periodMicros }: ScalingPolicy, basis: RateBasis, direction: 'up' | 'down'): number {
  const { current, scaleUpEvents, scaleDownEvents, semantics, now } = basis;
  const both = semantics === 'head';
  const added = both || direction === 'up' ? changeWithin(scaleUpEvents, periodMicros, now) : 0;
  const removed = both || direction === 'down' ? changeWithin(scaleDownEvents, periodMicros, now) : 0;
  return current - added + removed;
}

function selected(limits: readonly RateLimit[], rules: ScalingRules, current: number, highest: boolean): RateLimit {
  if (rules.select === 'disabled' || limits.length === 0)
    return { replicas: current, policy: null, periodStart: current };
  return limits.reduce((best, limit) => {
    const better = highest ? limit.replicas > best.replicas : limit.replicas < best.replicas;
    return better ? limit : best;
  });
}
