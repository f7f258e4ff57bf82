import type { CacheSpec } from '../../src/domain/cache-spec.js';
import type { NaiveStation } from './naive-station.js';

/** A cache in front of a call: lookups so far of each pod, or under null of all. */
export interface NaiveCache {
  readonly spec: CacheSpec;
  readonly lookups: Map<NaiveStation | null, number>;
}
