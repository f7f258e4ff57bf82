import type { Micros } from '../../../kernel/micros.js';

/** How long a pool that gave no nodes is left alone. */
export interface BackOffTimes {
  readonly initialMicros: number;
  readonly maxMicros: number;
  /** Without a failure for so long a pool begins anew. */
  readonly resetMicros: number;
}

/** A pool that is left alone. */
export interface BackedOff {
  readonly until: number;
  /** What the newest failure was. */
  readonly why: string;
}

interface Known extends BackedOff {
  readonly lengthMicros: number;
  readonly failedAt: Micros;
}

/** Pools that did not give nodes, each left alone twice as long as the time before; as the cluster autoscaler's exponential back-off. */
export class PoolBackOff {
  private readonly pools = new Map<string, Known>();

  constructor(private readonly times: BackOffTimes) {}

  /** A pool has failed. What fails while it is left alone anyway does not make it longer. */
  failed(pool: string, now: Micros, why: string): void {
    const before = this.fresh(pool, now);
    let lengthMicros = before?.lengthMicros ?? this.times.initialMicros;
    if (before !== null && before.until < now) lengthMicros = Math.min(2 * lengthMicros, this.times.maxMicros);
    this.pools.set(pool, { lengthMicros, until: now + lengthMicros, failedAt: now, why });
  }

  /** Until when a pool is left alone, and why; null where it is not. */
  of(pool: string, now: Micros): BackedOff | null {
    const known = this.pools.get(pool);
    return known === undefined || known.until < now ? null : known;
  }

  /** A node of a pool came up at an instant; what failed before is forgotten. */
  succeeded(pool: string, at: Micros): void {
    const known = this.pools.get(pool);
    if (known !== undefined && known.failedAt < at) this.pools.delete(pool);
  }

  private fresh(pool: string, now: Micros): Known | null {
    const known = this.pools.get(pool);
    return known === undefined || known.failedAt + this.times.resetMicros < now ? null : known;
  }
}
