import { type KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import type { NaiveCache } from './naive-cache.js';
import type { Site } from './naive-nouns.js';
import type { NaiveStation, NaiveVisit } from './naive-station.js';

/** Whether calls are made at all: by chance, and where there is a cache, when it does not know the answer. */
export class NaiveChances {
  private readonly calls: KeyedRandom;
  private readonly caches: KeyedRandom;

  constructor(streams: Streams) {
    this.calls = streams.stream('call', '');
    this.caches = streams.stream('cache', '');
  }

  /** Decides about one call of a visit; a cache that is asked remembers it. */
  isMade({ probability, cache, key }: Site, { ordinal, hop, station }: NaiveVisit): boolean {
    const place = mixKeys(hop, key);
    if (probability < 1 && this.calls.uniform(ordinal, place) >= probability) return false;
    return cache === null || this.caches.uniform(ordinal, place) >= chanceOfHit(cache, station);
  }
}

function chanceOfHit({ spec, lookups }: NaiveCache, pod: NaiveStation): number {
  const whose = spec.shared ? null : pod;
  const before = lookups.get(whose) ?? 0;
  lookups.set(whose, before + 1);
  return spec.hitRatio * (1 - Math.exp(-before / spec.warmLookups));
}
