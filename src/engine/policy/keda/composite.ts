import type { Fallback } from './fallback.js';
import type { Formula } from './formula/formula.js';
import type { TriggerOutcome } from './trigger-health.js';

/** `scalingModifiers`: one number made of all triggers. */
export interface ScalingModifiers {
  readonly formula: Formula;
  /** What the number is kept at for each replica, or as a whole. */
  readonly target: number;
  readonly metricType: 'AverageValue' | 'Value';
  /** The target is active above this. */
  readonly activationTarget: number;
}

/** The number, or why there is none. */
export interface Composite {
  readonly value: number | null;
  readonly isActive: boolean;
  readonly problem: string | null;
  /** Replicas that stand in for it; null where the formula decided. */
  readonly fallback: number | null;
}

/**
 * Puts triggers together by the formula.
 *
 * Where a fallback stands in for any trigger, it stands in for the whole formula; where the formula comes to nil, the fallback's replicas do.
 * The number is cut off at thousandths. Source: kedacore/keda pkg/scaling/modifiers/formula.go and scale_handler.go, getScaledObjectState.
 */
export function composite(
  modifiers: ScalingModifiers,
  outcomes: ReadonlyMap<string, TriggerOutcome>,
  fallback: Fallback | null,
): Composite {
  const { target, activationTarget } = modifiers;
  const all = [...outcomes.values()];
  const standsIn = all.find((outcome) => outcome.fallback !== null)?.fallback ?? null;
  const problem = all.find((outcome) => outcome.problem !== null)?.problem ?? null;
  if (standsIn !== null) return of(target * standsIn, activationTarget, { problem, fallback: standsIn });
  return problem === null ? byFormula(modifiers, outcomes, fallback) : nothing(problem);
}

function byFormula(
  { formula, target, activationTarget }: ScalingModifiers,
  outcomes: ReadonlyMap<string, TriggerOutcome>,
  fallback: Fallback | null,
): Composite {
  const result = formula.run(new Map([...outcomes].map(([name, { inFormula }]) => [name, inFormula])));
  if ('problem' in result) return nothing(`the formula ${result.problem}`);
  if (result.value === null) {
    if (fallback === null) return nothing('the formula comes to nil, and there is no fallback');
    return of(target * fallback.replicas, activationTarget, { problem: null, fallback: fallback.replicas });
  }
  if (!Number.isFinite(result.value)) return nothing(`the formula comes to ${result.value}`);
  return of(result.value, activationTarget, { problem: null, fallback: null });
}

function of(value: number, activationTarget: number, rest: Pick<Composite, 'problem' | 'fallback'>): Composite {
  const cut = Math.trunc(value * 1000) / 1000;
  return { value: cut, isActive: rest.problem === null && cut > activationTarget, ...rest };
}

function nothing(problem: string): Composite {
  return { value: null, isActive: false, problem, fallback: null };
}
