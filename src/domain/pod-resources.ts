/** What a pod's container requests and what it may use at most; null where a manifest would set none. */
export interface PodResources {
  readonly cpuRequestMillis: number | null;
  readonly cpuLimitMillis: number | null;
  readonly memoryRequestMiB: number | null;
  readonly memoryLimitMiB: number | null;
}
