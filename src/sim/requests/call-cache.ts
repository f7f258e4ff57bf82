import type { CacheSpec } from '../../domain/cache-spec.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { CallShortcut } from './call-shortcut.js';

/** The caches in front of one call: one for each pod of the caller, or one for all. */
export class CallCache implements CallShortcut {
  /** Lookups so far, by station; under `ALL` where one cache serves all. Parts of one are what losing keys leaves of it. */
  private readonly lookups = new Map<number, number>();

  constructor(
    private readonly spec: CacheSpec,
    /** Whether a lookup is a hit: by the request's ordinal and the call's place. */
    private readonly random: KeyedRandom,
  ) {}

  /** Looks up what the call of a request would bring, from a visit at a station: true when the call need not be made. */
  spares(station: number, ordinal: number, place: number): boolean {
    const { hitRatio, shared } = this.spec;
    const cache = shared ? ALL : station;
    const before = this.lookups.get(cache) ?? 0;
    this.lookups.set(cache, before + 1);
    return this.random.uniform(ordinal, place) < hitRatio * this.warmth(before);
  }

  /** A share of the keys has gone to where they are not known yet: nothing happens to caches of single pods. */
  loseKeys(share: number): void {
    const before = this.lookups.get(ALL);
    if (before === undefined) return;
    const kept = (1 - share) * this.warmth(before);
    this.lookups.set(ALL, -this.spec.warmLookups * Math.log1p(-kept));
  }

  /** Hits of a cache after so many lookups, over those of a warm one. */
  private warmth(lookups: number): number {
    return -Math.expm1(-lookups / this.spec.warmLookups);
  }
}

const ALL = -1;
