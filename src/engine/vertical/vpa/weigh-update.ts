import type { Micros } from '../../../kernel/micros.js';
import type { LeaveCause, UpdateCause } from './pod-update.js';
import type { UpdatePriority } from './update-priority.js';
import type { UpdaterContainer } from './updater-pod.js';

/** From when on a pod is worth touching. */
export interface UpdateThresholds {
  readonly minChange: number;
  readonly minAgeMicros: number;
  readonly quickOomMicros: number;
}

/** What the weighing needs to know of a pod. */
export interface WeighedPod {
  readonly startedAt: Micros | null;
  /** The containers that VPA may change. */
  readonly containers: readonly Pick<UpdaterContainer, 'oomKill'>[];
}

/** Whether a pod is worth touching, and by which rule. */
export type Weighing =
  | { readonly worth: true; readonly cause: UpdateCause; readonly numbers: Readonly<Record<string, number>> }
  | { readonly worth: false; readonly cause: LeaveCause; readonly numbers: Readonly<Record<string, number>> };

/**
 * A pod is worth touching when a request is outside its bounds; when it was killed for memory soon after its start and would get
 * something else; or when it is old enough and would change enough.
 *
 * Source: VPA, UpdatePriorityCalculator.AddPod.
 */
export function weighUpdate(
  pod: WeighedPod,
  priority: UpdatePriority,
  thresholds: UpdateThresholds,
  now: Micros,
): Weighing {
  const { resourceDiff } = priority;
  if (hasQuickOom(pod, thresholds)) {
    if (resourceDiff === 0) return { worth: false, cause: 'nothing-would-change', numbers: { change: 0 } };
    return { worth: true, cause: 'quick-oom', numbers: { change: resourceDiff } };
  }
  if (priority.outsideRecommendedRange)
    return { worth: true, cause: 'outside-bounds', numbers: { change: resourceDiff } };
  if (pod.startedAt === null) return { worth: false, cause: 'within-bounds-and-never-started', numbers: {} };
  const [ageSeconds, minAgeSeconds] = [(now - pod.startedAt) / 1e6, thresholds.minAgeMicros / 1e6];
  if (ageSeconds < minAgeSeconds) {
    return { worth: false, cause: 'within-bounds-and-young', numbers: { ageSeconds, minAgeSeconds } };
  }
  const numbers = { change: resourceDiff, minChange: thresholds.minChange };
  if (resourceDiff < thresholds.minChange) return { worth: false, cause: 'change-too-small', numbers };
  return { worth: true, cause: 'changed-enough', numbers };
}

function hasQuickOom({ containers }: WeighedPod, { quickOomMicros }: UpdateThresholds): boolean {
  return containers.some(({ oomKill }) => oomKill !== null && oomKill.killedAt - oomKill.startedAt < quickOomMicros);
}
