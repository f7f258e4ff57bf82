import type { PodView } from '../../../domain/observation.js';

/** Whether a pod has been ready for as long as it takes to carry its share. */
export function isWarm({ ready, readyChangedAt }: PodView, now: number, warmUpMicros: number): boolean {
  return ready === true && readyChangedAt !== null && now - readyChangedAt >= warmUpMicros;
}

/** Of the replicas asked for, those that do not carry their share yet: not created, not ready, or not warm. */
export function warming(pods: readonly PodView[], specReplicas: number, now: number, warmUpMicros: number): number {
  const warm = pods.filter((pod) => !pod.terminating && isWarm(pod, now, warmUpMicros)).length;
  return Math.max(0, specReplicas - warm);
}
