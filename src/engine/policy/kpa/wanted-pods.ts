import type { Rule } from '../../../domain/decision.js';
import type { KpaSpec } from './kpa-spec.js';

/** How many pods one window asks for. */
export interface WantedPods {
  /** For the load alone. */
  readonly raw: number;
  /** After the limits of a step, and with the activation scale. */
  readonly pods: number;
  readonly rules: readonly Rule[];
}

/**
 * Pods for `observed` load in a window of which `base` are ready, at least one.
 *
 * A step goes up to the next whole pod, so that a small rate can always add one. Source: knative/serving autoscaler.go, Scale.
 */
export function wantedPods(spec: KpaSpec, observed: number, base: number): WantedPods {
  const raw = Math.ceil(observed / spec.target) + 0;
  const most = Math.ceil(spec.maxScaleUpRate * base);
  const least = spec.reachable ? Math.floor(base / spec.maxScaleDownRate) : 0;
  const rules: Rule[] = [];
  let pods = Math.min(Math.max(raw, least), most);
  if (pods !== raw) {
    const rule = pods < raw ? 'max-scale-up-rate' : 'max-scale-down-rate';
    rules.push({ rule, before: raw, after: pods, numbers: { ready: base, limit: pods } });
  }
  const { activationScale } = spec;
  if (activationScale > 1 && raw > 0 && activationScale > pods) {
    rules.push({ rule: 'activation-scale', before: pods, after: activationScale, numbers: { activationScale } });
    pods = activationScale;
  }
  return { raw, pods, rules };
}
