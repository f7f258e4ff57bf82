import type { PodRequirements } from './pod-requirements.js';

/** Source: Kubernetes, pkg/scheduler/util/pod_resources.go, DefaultMilliCPURequest and DefaultMemoryRequest. */
const UNSET = { cpuMillis: 100, memoryMiB: 200 } as const;

/** What a pod counts as in scores: one that requests nothing is not nothing, lest all of them go to one node (`GetNonzeroRequests`). */
export function scoredSize({ cpuMillis, memoryMiB }: Pick<PodRequirements, 'cpuMillis' | 'memoryMiB'>): {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
} {
  return { cpuMillis: cpuMillis || UNSET.cpuMillis, memoryMiB: memoryMiB || UNSET.memoryMiB };
}
