import type { PodSpec } from '../../domain/world-spec.js';
import { type Micros, micros } from '../../kernel/micros.js';

/**
 * From the start of a container until its pod is ready, for a process that listens `start` after it.
 *
 * Probes run at the container's start and every period after it, as the kubelet's do; the pod is ready at the `rise`-th one that finds
 * the process listening, one at the very instant it begins to listen included; those within the initial delay are left out.
 */
export function readyAfter(start: Micros, readiness: PodSpec['readiness']): Micros {
  const { periodMicros, rise, initialDelayMicros = 0 } = readiness;
  if (periodMicros <= 0) return start;
  const firstSuccess = Math.ceil(Math.max(start, initialDelayMicros) / periodMicros);
  return micros((firstSuccess + Math.max(1, rise) - 1) * periodMicros);
}
