import type { EnginePods } from '../domain/engine-config.js';
import type { PlanPod } from '../domain/scheduling/plan-pod.js';
import type { UnplacedPods } from './ports.js';

/** Pods of a plan, counted by the workload that they are of, in the order of the workloads. */
export function countByWorkload(workloads: readonly EnginePods[], pods: readonly PlanPod[]): readonly UnplacedPods[] {
  return workloads
    .map((workload) => ({ workload, pods: pods.filter(({ owner }) => owner === workload.name).length }))
    .filter(({ pods: count }) => count > 0);
}
