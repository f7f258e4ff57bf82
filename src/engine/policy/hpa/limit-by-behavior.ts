import type { Rule } from '../../../domain/decision.js';
import type { HpaBehavior } from './hpa-behavior.js';
import type { Limited } from './limited.js';
import { type RateBasis, type RateLimit, scaleDownLimit, scaleUpLimit } from './rate-limits.js';

/** Bounds of the replicas, and the rules of both directions. */
export interface BehaviorLimits {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly behavior: HpaBehavior;
}

/**
 * With `behavior`: no further in the period than the policies of the direction allow, then no further than the bound of that direction.
 *
 * Source: kubernetes, convertDesiredReplicasWithBehaviorRate.
 */
export function limitByBehavior(desired: number, limits: BehaviorLimits, basis: RateBasis): Limited {
  if (desired > basis.current) return limitUp(desired, limits, basis);
  if (desired < basis.current) return limitDown(desired, limits, basis);
  return { replicas: desired, reason: 'DesiredWithinRange', rules: [] };
}

function limitUp(desired: number, { maxReplicas, behavior }: BehaviorLimits, basis: RateBasis): Limited {
  const rate = scaleUpLimit(behavior.scaleUp, basis);
  const allowed = Math.max(rate.replicas, basis.current);
  const rated = Math.min(desired, allowed);
  const replicas = Math.min(rated, maxReplicas);
  const rules = [
    rateRule('up', desired, rated, allowed, rate),
    { rule: 'max', before: rated, after: replicas, numbers: { max: maxReplicas } },
  ];
  if (desired <= replicas) return { replicas, reason: 'DesiredWithinRange', rules };
  return { replicas, reason: maxReplicas > allowed ? 'ScaleUpLimit' : 'TooManyReplicas', rules };
}

function limitDown(desired: number, { minReplicas, behavior }: BehaviorLimits, basis: RateBasis): Limited {
  const rate = scaleDownLimit(behavior.scaleDown, basis);
  const allowed = Math.min(rate.replicas, basis.current);
  const rated = Math.max(desired, allowed);
  const replicas = Math.max(rated, minReplicas);
  const rules = [
    rateRule('down', desired, rated, allowed, rate),
    { rule: 'min', before: rated, after: replicas, numbers: { min: minReplicas } },
  ];
  if (desired >= replicas) return { replicas, reason: 'DesiredWithinRange', rules };
  return { replicas, reason: minReplicas < allowed ? 'ScaleDownLimit' : 'TooFewReplicas', rules };
}

function rateRule(
  direction: 'up' | 'down',
  before: number,
  after: number,
  limit: number,
  { policy, periodStart }: RateLimit,
): Rule {
  if (policy === null) return { rule: 'rate-policy', before, after, numbers: { direction, limit, policy: 'disabled' } };
  const { type, value, periodMicros } = policy;
  const numbers = { direction, limit, policy: `${value} ${type}`, periodSeconds: periodMicros / 1e6, periodStart };
  return { rule: 'rate-policy', before, after, numbers };
}
