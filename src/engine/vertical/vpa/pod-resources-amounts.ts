import type { PodResources } from '../../../domain/pod-resources.js';
import type { ContainerTarget } from './pod-update.js';
import type { VerticalAmounts } from './vertical-amounts.js';

/** Requests and limits of a pod with one container, apart. */
export function amountsOf(resources: PodResources): {
  readonly request: VerticalAmounts;
  readonly limit: VerticalAmounts;
} {
  return {
    request: amounts(resources.cpuRequestMillis, resources.memoryRequestMiB),
    limit: amounts(resources.cpuLimitMillis, resources.memoryLimitMiB),
  };
}

/** Together again; null where there is none. */
export function resourcesOfTarget({ request, limit }: Pick<ContainerTarget, 'request' | 'limit'>): PodResources {
  return {
    cpuRequestMillis: request.cpuMillis ?? null,
    cpuLimitMillis: limit.cpuMillis ?? null,
    memoryRequestMiB: request.memoryMiB ?? null,
    memoryLimitMiB: limit.memoryMiB ?? null,
  };
}

/** Whether both give a pod the same. */
export function sameResources(a: PodResources, b: PodResources): boolean {
  return (
    a.cpuRequestMillis === b.cpuRequestMillis &&
    a.cpuLimitMillis === b.cpuLimitMillis &&
    a.memoryRequestMiB === b.memoryRequestMiB &&
    a.memoryLimitMiB === b.memoryLimitMiB
  );
}

function amounts(cpuMillis: number | null, memoryMiB: number | null): VerticalAmounts {
  return { ...(cpuMillis === null ? {} : { cpuMillis }), ...(memoryMiB === null ? {} : { memoryMiB }) };
}
