import type { PodSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';

const HOUR = 3_600_000_000;

/** Memory that a running container has gathered with its age, in MiB: what it leaks, and its own caches while they fill evenly. */
export function grownMiB(spec: PodSpec, pod: Pod, now: Micros): number {
  const { memoryGrowthMiBPerHour = 0, memoryCache } = spec;
  const age = now - (pod.runningSince ?? now);
  const cached = memoryCache === undefined ? 0 : memoryCache.sizeMiB * Math.min(1, age / memoryCache.fillMicros);
  return (memoryGrowthMiBPerHour * age) / HOUR + cached;
}

/** Working set of a running pod in MiB: idle, for each request on board, and with its age; zero where none runs. */
export function podMemoryMiB(spec: PodSpec, pod: Pod, now: Micros): number {
  if (!pod.running || pod.process === null) return 0;
  const { memoryIdleMiB, memoryPerRequestMiB } = spec;
  return memoryIdleMiB + memoryPerRequestMiB * pod.process.inFlight() + grownMiB(spec, pod, now);
}
