import type { PodResources } from './pod-resources.js';
import { servingCores, usualConcurrency } from './serving-cores.js';
import type { PodSpec, ServingSpec } from './world-spec.js';

type Draft<Whole> = { -readonly [Key in keyof Whole]: Whole[Key] };

/** A pod with other requests and limits: its CPU quota, its cores and, where they follow the cores, its workers change with them. */
export function withResources(spec: PodSpec, resources: PodResources): PodSpec {
  const { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB } = resources;
  const serving = servingWith(spec.serving, resources);
  const pod: Draft<PodSpec> = { ...spec, serving, cpuRequestMillis, cpuLimitMillis, memoryRequestMiB };
  if (memoryLimitMiB === null) delete pod.memoryLimitMiB;
  else pod.memoryLimitMiB = memoryLimitMiB;
  return pod;
}

/** The requests and limits of a pod. */
export function resourcesOf(spec: PodSpec): PodResources {
  const { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB = null } = spec;
  return { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB };
}

function servingWith(before: ServingSpec, { cpuRequestMillis, cpuLimitMillis }: PodResources): ServingSpec {
  const { sizing, discipline } = before;
  if (sizing === undefined) return before;
  const cpu = { requestMillis: cpuRequestMillis, limitMillis: cpuLimitMillis };
  const serving: Draft<ServingSpec> = { ...before };
  delete serving.quota;
  if (sizing.workersPerCore === true) serving.concurrency = usualConcurrency(discipline, cpu);
  return { ...serving, ...servingCores(discipline, cpu, sizing) };
}
