import type { PodResources } from './pod-resources.js';
import { servingCores, usualConcurrency } from './serving-cores.js';
import type { PodSpec, ServingSpec } from './world-spec.js';

/** A pod with other requests and limits: its CPU quota, its cores and, where they follow the cores, its workers change with them. */
export function withResources(spec: PodSpec, resources: PodResources): PodSpec {
  const { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB } = resources;
  return {
    ...without(spec, 'memoryLimitMiB'),
    serving: servingWith(spec.serving, resources),
    cpuRequestMillis,
    cpuLimitMillis,
    memoryRequestMiB,
    ...(memoryLimitMiB === null ? {} : { memoryLimitMiB }),
  };
}

/** The requests and limits of a pod. */
export function resourcesOf(spec: PodSpec): PodResources {
  const { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB = null } = spec;
  return { cpuRequestMillis, cpuLimitMillis, memoryRequestMiB, memoryLimitMiB };
}

function servingWith(serving: ServingSpec, { cpuRequestMillis, cpuLimitMillis }: PodResources): ServingSpec {
  const { sizing } = serving;
  if (sizing === undefined) return serving;
  const cpu = { requestMillis: cpuRequestMillis, limitMillis: cpuLimitMillis };
  return {
    ...without(serving, 'quota'),
    ...servingCores(serving.discipline, cpu, sizing),
    ...(sizing.workersPerCore === true ? { concurrency: usualConcurrency(serving.discipline, cpu) } : {}),
  };
}

function without<Whole extends object, Key extends keyof Whole>(whole: Whole, key: Key): Omit<Whole, Key> {
  const { [key]: gone, ...rest } = whole;
  void gone;
  return rest;
}
