import type { PodRecord } from '../../domain/measurement.js';

/** What pods that are not ready wait for. */
export type HeldUpBy = 'node' | 'imagePull' | 'crashLoopBackOff' | 'scheduler' | 'start';

/** Pods that exist at an instant and are not ready, by what they wait for. Pods that are leaving are not counted. */
export function heldUpPods(pods: readonly PodRecord[], at: number): ReadonlyMap<HeldUpBy, number> {
  const counts = new Map<HeldUpBy, number>();
  for (const pod of pods) {
    const what = heldUpBy(pod, at);
    if (what !== null) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return counts;
}

function heldUpBy(pod: PodRecord, at: number): HeldUpBy | null {
  if (pod.createdAt > at || Math.min(pod.terminatingAt ?? Infinity, pod.removedAt ?? Infinity) <= at) return null;
  const wait = pod.waits.find(({ from, to }) => from <= at && at < (to ?? Infinity));
  if (wait !== undefined) return wait.for;
  if ((pod.scheduledAt ?? Infinity) > at) return 'scheduler';
  return (pod.readyAt ?? Infinity) > at ? 'start' : null;
}
