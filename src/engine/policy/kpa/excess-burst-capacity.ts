import type { KpaSpec } from './kpa-spec.js';

/**
 * Requests that ready pods could take beyond the present ones and a burst; below 0 the activator belongs into the path, to hold back a burst.
 *
 * Without a target burst capacity (0) it is never needed, with -1 always. Source: knative/serving autoscaler.go, Scale.
 */
export function excessBurstCapacity(
  { targetBurstCapacity, total }: KpaSpec,
  readyPods: number,
  observedPanic: number,
): number {
  if (targetBurstCapacity === 0) return 0;
  if (targetBurstCapacity < 0) return -1;
  return Math.floor(readyPods * total - targetBurstCapacity - observedPanic);
}
