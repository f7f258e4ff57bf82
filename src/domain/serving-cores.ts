import type { CpuQuota, ServingSpec, ServingSizing } from './world-spec.js';

/** CPU of a pod's container, in thousandths of a core; null where a manifest sets none. */
export interface ContainerCpu {
  readonly requestMillis: number | null;
  readonly limitMillis: number | null;
}

/**
 * What CPU a pod serves with, by its discipline: threads under `cfs` run on the cores of the node under the quota of the limit; requests under
 * `processor-sharing` share the limit, without one what is requested, or the cores of the node where pods share those by weight; others are
 * counted by the limit, without one by the request.
 */
export function servingCores(
  discipline: ServingSpec['discipline'],
  { requestMillis, limitMillis }: ContainerCpu,
  { hostCores, shared = false, periodMicros }: ServingSizing,
): { readonly cpuCores: number; readonly quota?: CpuQuota } {
  if (discipline === 'cfs') {
    return limitMillis === null
      ? { cpuCores: hostCores }
      : { cpuCores: hostCores, quota: { cores: limitMillis / 1000, periodMicros } };
  }
  if (discipline === 'processor-sharing' && shared) {
    return { cpuCores: limitMillis === null ? hostCores : limitMillis / 1000 };
  }
  return { cpuCores: (limitMillis ?? requestMillis ?? 0) / 1000 };
}

/** Workers of a pod for which nobody said how many: one for each core it may use, at least one; no limit where requests share cores. */
export function usualConcurrency(
  discipline: ServingSpec['discipline'],
  { requestMillis, limitMillis }: ContainerCpu,
): number {
  if (discipline === 'processor-sharing' || discipline === 'cfs') return Infinity;
  return Math.max(1, Math.ceil((limitMillis ?? requestMillis ?? 0) / 1000));
}
