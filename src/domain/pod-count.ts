import { partOfDown, partOfUp } from '../kernel/part-of.js';
import type { PodCount } from './rollout-spec.js';

/** So many of `pods`, a share rounded up. Source: Kubernetes, GetScaledValueFromIntOrPercent. */
export function podsUp(count: PodCount, pods: number): number {
  return 'count' in count ? count.count : partOfUp(count.share, pods);
}

/** So many of `pods`, a share rounded down. */
export function podsDown(count: PodCount, pods: number): number {
  return 'count' in count ? count.count : partOfDown(count.share, pods);
}
