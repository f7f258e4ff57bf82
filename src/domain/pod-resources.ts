/** What a pod's container requests and what it may use at most; null where a manifest would set none. */
export interface PodResources {
  readonly cpuRequestMillis: number | null;
  readonly cpuLimitMillis: number | null;
  readonly memoryRequestMiB: number | null;
  readonly memoryLimitMiB: number | null;
}

/** Whether two pods are to request and use the same. */
export function equalResources(one: PodResources, other: PodResources): boolean {
  return (
    one.cpuRequestMillis === other.cpuRequestMillis &&
    one.cpuLimitMillis === other.cpuLimitMillis &&
    one.memoryRequestMiB === other.memoryRequestMiB &&
    one.memoryLimitMiB === other.memoryLimitMiB
  );
}
