import type { PodResources } from './pod-resources.js';

/**
 * The quality of service of a pod of one container: Guaranteed where requests are its limits, BestEffort where there are none of either.
 * Source: Kubernetes, pkg/apis/core/v1/helper/qos/qos.go, ComputePodQOS.
 */
export function qosClass(resources: PodResources): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB } = resources;
  const all = [cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB];
  if (all.every((amount) => (amount ?? 0) === 0)) return 'BestEffort';
  const cpu = guaranteed(cpuRequestMillis, cpuLimitMillis);
  return cpu && guaranteed(memoryRequestMiB, memoryLimitMiB) ? 'Guaranteed' : 'Burstable';
}

/** A request that is left out is the limit. */
function guaranteed(request: number | null, limit: number | null): boolean {
  return limit !== null && limit > 0 && (request ?? limit) === limit;
}
