import type { CanarySettings } from './canary-settings.js';

/** Where a rollout stands among its steps. */
export interface CanaryProgress {
  /** Position of the step that is not through yet; as many as there are steps when all are. */
  readonly index: number;
  /** Since when it pauses; null while it does not. */
  readonly pausedSince: number | null;
}

/** The weight that the step asks for, or that the last one before has left: 0 before any, 100 after all. */
export function weightAt({ steps }: Pick<CanarySettings, 'steps'>, index: number): number {
  if (index >= steps.length) return 100;
  for (let i = index; i >= 0; i -= 1) {
    const step = steps[i];
    if ('setWeight' in step) return step.setWeight;
  }
  return 0;
}

/**
 * Goes on to the next step as far as nothing stands in the way: a weight is through when the pods for it are there, a pause when its time is up.
 * Source: Argo Rollouts, completedCurrentCanaryStep.
 *
 * @param podsThere - says whether the pods for the weight of a step are there
 */
export function advance(
  settings: Pick<CanarySettings, 'steps'>,
  { index, pausedSince }: CanaryProgress,
  now: number,
  podsThere: (weight: number) => boolean,
): CanaryProgress {
  if (index >= settings.steps.length) return { index, pausedSince: null };
  const step = settings.steps[index];
  const next = { index: index + 1, pausedSince: null };
  if ('setWeight' in step) {
    return podsThere(step.setWeight) ? advance(settings, next, now, podsThere) : { index, pausedSince: null };
  }
  const since = pausedSince ?? now;
  return now - since >= step.pauseMicros ? advance(settings, next, now, podsThere) : { index, pausedSince: since };
}
