import type { Rule } from '../../../domain/decision.js';
import type { Micros } from '../../../kernel/micros.js';
import type { Fallback } from './fallback.js';

/** How KEDA's operator takes a target to and from zero. */
export interface TargetSettings {
  readonly minReplicas: number;
  /** Replicas while no trigger is active; null where it is the minimum. */
  readonly idleReplicas: number | null;
  /** How long no trigger must have been active before the last replicas go. */
  readonly cooldown: Micros;
  /** The same before any trigger has ever been active. */
  readonly initialCooldown: Micros;
  readonly fallback: Pick<Fallback, 'replicas'> | null;
}

/** What the operator sees at a poll. */
export interface TargetState {
  readonly replicas: number;
  readonly isActive: boolean;
  /** Whether at least one trigger failed and nothing stands in for it. */
  readonly isError: boolean;
  /** When a trigger was last active; null where none has been. */
  readonly lastActiveAt: Micros | null;
  readonly createdAt: Micros;
}

/** What the operator does at a poll. */
export interface TargetScale {
  /** Replicas to ask for; null leaves them to the autoscaler. */
  readonly replicas: number | null;
  readonly lastActiveAt: Micros | null;
  readonly rules: readonly Rule[];
}

/**
 * Between none and some the operator decides, by whether any trigger is active; between some and more the autoscaler does.
 *
 * Source: kedacore/keda pkg/scaling/executor/scale_scaledobjects.go, RequestScale.
 */
export function scaleTarget(settings: TargetSettings, state: TargetState, now: Micros): TargetScale {
  return state.isActive ? whileActive(settings, state, now) : whileInactive(settings, state, now);
}

function whileActive({ idleReplicas, minReplicas }: TargetSettings, state: TargetState, now: Micros): TargetScale {
  const { replicas, isError, lastActiveAt } = state;
  if ((idleReplicas !== null && replicas < minReplicas) || replicas === 0) {
    const after = Math.max(1, minReplicas);
    return { replicas: after, lastActiveAt: now, rules: [rule('activation', replicas, after, { min: minReplicas })] };
  }
  return { replicas: null, lastActiveAt: isError ? lastActiveAt : now, rules: [] };
}

function whileInactive(settings: TargetSettings, state: TargetState, now: Micros): TargetScale {
  const { minReplicas, idleReplicas, fallback } = settings;
  const { replicas, isError, lastActiveAt } = state;
  if (isError && fallback?.replicas !== 0) return done(state, null, [rule('trigger-error', replicas, replicas, {})]);
  if (replicas > (idleReplicas ?? (minReplicas === 0 ? 0 : Infinity))) {
    return { ...toLowest(settings, state, idleReplicas ?? minReplicas, now), lastActiveAt };
  }
  if (idleReplicas !== null || replicas >= minReplicas) return done(state, null, []);
  return done(state, minReplicas, [rule('min', replicas, minReplicas, { min: minReplicas })]);
}

function done({ lastActiveAt }: TargetState, replicas: number | null, rules: readonly Rule[]): TargetScale {
  return { replicas, lastActiveAt, rules };
}

function toLowest(
  { cooldown, initialCooldown }: TargetSettings,
  { replicas, lastActiveAt, createdAt }: TargetState,
  lowest: number,
  now: Micros,
): Omit<TargetScale, 'lastActiveAt'> {
  const since = lastActiveAt ?? createdAt;
  const needed = lastActiveAt === null ? initialCooldown : cooldown;
  const numbers = { idleSeconds: (now - since) / 1e6, cooldownSeconds: needed / 1e6 };
  if (since + needed >= now) return { replicas: null, rules: [rule('cool-down', lowest, replicas, numbers)] };
  return { replicas: lowest, rules: [rule('deactivation', replicas, lowest, numbers)] };
}

function rule(name: string, before: number, after: number, numbers: Rule['numbers']): Rule {
  return { rule: name, before, after, numbers };
}
