import type { EngineWorkload } from '../../domain/engine-config.js';
import type { PodResources } from '../../domain/pod-resources.js';

/** What the manifest of a workload gives a pod. */
export function resourcesOf(workload: EngineWorkload): PodResources {
  const { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB } = workload;
  return {
    cpuRequestMillis,
    cpuLimitMillis: cpuLimitMillis ?? null,
    memoryRequestMiB,
    memoryLimitMiB: memoryLimitMiB ?? null,
  };
}
