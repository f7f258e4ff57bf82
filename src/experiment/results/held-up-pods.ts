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

/** Pods that are there, wait for nothing and have been ready before: those of them that are not ready now fell out of service. */
export function onceReady(pods: readonly PodRecord[], at: number): number {
  return pods.filter((pod) => isThere(pod, at) && (pod.readyAt ?? Infinity) <= at && heldUpBy(pod, at) === null).length;
}

function isThere({ createdAt, terminatingAt, removedAt }: PodRecord, at: number): boolean {
  return createdAt <= at && Math.min(terminatingAt ?? Infinity, removedAt ?? Infinity) > at;
}

function heldUpBy(pod: PodRecord, at: number): HeldUpBy | null {
  if (!isThere(pod, at)) return null;
  const wait = pod.waits.find(({ from, to }) => from <= at && at < (to ?? Infinity));
  if (wait !== undefined) return wait.for;
  if ((pod.scheduledAt ?? Infinity) > at) return 'scheduler';
  return (pod.readyAt ?? Infinity) > at ? 'start' : null;
}
