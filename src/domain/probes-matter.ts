import type { PodSpec } from './world-spec.js';

/** Whether probes can do more to a pod than make it ready once, so that each of them has to be made. */
export function probesMatter({ readiness, startupProbe, livenessProbe }: PodSpec): boolean {
  return readiness.failureThreshold !== undefined || startupProbe !== undefined || livenessProbe !== undefined;
}
