import type { Rule } from '../../../domain/decision.js';
import type { HpaConfig } from './hpa-config.js';
import type { Recommended } from './recommended.js';
import type { Stabilized } from './stabilized.js';

/**
 * Records what the stabilization windows did: which window held, which earlier recommendation in it, and how old that is.
 *
 * Where nothing held, the window named is the one that could have.
 */
export function stabilizationRule(
  config: HpaConfig,
  { current, desired, now }: Recommended,
  stabilized: Stabilized,
): Rule {
  const { replicas, hold } = stabilized;
  if (hold === null) {
    const direction = desired > current ? 'up' : 'down';
    const numbers = { direction, windowSeconds: windowOf(config, direction) / 1e6 };
    return { rule: 'stabilization', before: desired, after: replicas, numbers };
  }
  const numbers = {
    direction: hold.direction,
    windowSeconds: hold.windowMicros / 1e6,
    recommendation: hold.held.replicas,
    ageSeconds: (now - hold.held.at) / 1e6,
  };
  return { rule: 'stabilization', before: desired, after: replicas, numbers };
}

function windowOf({ behavior, downscaleStabilizationMicros }: HpaConfig, direction: 'up' | 'down'): number {
  if (behavior === null) return direction === 'up' ? 0 : downscaleStabilizationMicros;
  return direction === 'up' ? behavior.scaleUp.stabilizationMicros : behavior.scaleDown.stabilizationMicros;
}
