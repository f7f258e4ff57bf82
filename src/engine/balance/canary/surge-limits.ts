/** A number of pods, or a share of them: `25%`. */
export type PodsOrShare = number | string;

/** How many pods more, or fewer available, than asked for there may be. */
export interface SurgeLimits {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** Both limits in pods: surge rounds up, unavailability down, and where both would be none one pod may be unavailable, or nothing could ever move. */
export function surgeLimits(surge: PodsOrShare, unavailable: PodsOrShare, replicas: number): SurgeLimits {
  const maxSurge = resolve(surge, replicas, Math.ceil);
  const maxUnavailable = resolve(unavailable, replicas, Math.floor);
  return { maxSurge, maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable };
}

function resolve(value: PodsOrShare, replicas: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value;
  return value.endsWith('%') ? round((Number(value.slice(0, -1)) * replicas) / 100) : Number(value);
}
