import type { PodSpec, WorkloadSpec } from './world-spec.js';

/** What the pods of a workload are in the course of a run: at first, and after every roll-out. */
export function podsOf({ pod, rollouts = [] }: WorkloadSpec): readonly PodSpec[] {
  return [pod, ...rollouts.map((rollout) => rollout.pod)];
}
