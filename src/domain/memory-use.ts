import { podsOf } from './pods-of.js';
import type { PodSpec, WorkloadSpec } from './world-spec.js';

const HOUR = 3_600_000_000;

/** Memory in MiB that a container has gathered at an age in microseconds: what it leaks, and its own caches, which fill evenly. */
export function grownMemory(spec: PodSpec, ageMicros: number): number {
  const { memoryGrowthMiBPerHour = 0, memoryCache } = spec;
  const cached = memoryCache === undefined ? 0 : memoryCache.sizeMiB * Math.min(1, ageMicros / memoryCache.fillMicros);
  return (memoryGrowthMiBPerHour * ageMicros) / HOUR + cached;
}

/** Memory in MiB that a container uses at an age in microseconds with so many requests on board. */
export function memoryUse(spec: PodSpec, ageMicros: number, inFlight: number): number {
  return spec.memoryIdleMiB + spec.memoryPerRequestMiB * inFlight + grownMemory(spec, ageMicros);
}

/** Whether requests on board can take a container beyond its memory limit, so that their number has to be watched. */
export function requestsCanExceedMemory(spec: PodSpec): boolean {
  const { memoryLimitMiB, memoryPerRequestMiB, memoryGrowthMiBPerHour = 0, serving, memoryCache } = spec;
  if (memoryLimitMiB === undefined || memoryPerRequestMiB === 0) return false;
  const most = serving.concurrency + serving.queueLimit;
  const fullCaches = memoryCache?.fillMicros ?? 0;
  return memoryGrowthMiBPerHour > 0 || memoryUse(spec, fullCaches, most) > memoryLimitMiB;
}

/** The same of the pods that a workload has at any time of a run; requests on board of a JVM are watched too, as they fill its heap. */
export function requestsMayExceedMemory(workload: WorkloadSpec): boolean {
  const pods = podsOf(workload);
  if (pods.some(({ jvm }) => jvm !== undefined)) return true;
  if (workload.resourcesChange === true && pods.some(({ memoryPerRequestMiB }) => memoryPerRequestMiB > 0)) return true;
  return pods.some(requestsCanExceedMemory);
}
