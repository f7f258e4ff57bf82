import type { WorkloadSpec, WorldSpec } from './world-spec.js';

/** The workloads that do something, those that only hold room left out. */
export function servingWorkloads({ workloads }: Pick<WorldSpec, 'workloads'>): readonly WorkloadSpec[] {
  return workloads.filter(({ headroom }) => headroom !== true);
}
