import type { PodSpec } from './world-spec.js';

/** Whether probes can do more to a pod than make it ready once, so that each of them has to be made. */
export function probesMatter(pod: PodSpec): boolean {
  const { readiness, startupProbe, livenessProbe } = pod;
  const judged = readiness.failureThreshold !== undefined || startupProbe !== undefined || livenessProbe !== undefined;
  return judged || probesTakeCpu(pod);
}

/** Whether answering a probe of the pod takes CPU. */
export function probesTakeCpu({ readiness, startupProbe, livenessProbe }: PodSpec): boolean {
  return [readiness, startupProbe, livenessProbe].some((probe) => (probe?.cpuMicros ?? 0) > 0);
}
