import { podsOf } from './pods-of.js';
import type { WorkloadSpec } from './world-spec.js';

/** Whether a pod of the workload may run under a CPU quota at any time of a run. */
export function mayThrottle(workload: WorkloadSpec): boolean {
  const servings = podsOf(workload).map(({ serving }) => serving);
  if (workload.resourcesChange === true && servings.some(({ discipline }) => discipline === 'cfs')) return true;
  return servings.some(({ quota }) => quota !== undefined);
}
