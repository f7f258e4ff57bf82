import type { ConnectionPoolSpec } from '../../domain/connection-spec.js';
import type { Chooser } from './chooser.js';
import { ConnectionPool, type Upstream } from './connection-pool.js';

/** The connections of a workload that calls: every process of it has a pool of its own, which goes when the process goes. */
export class CallerPools implements Chooser {
  /** By the station of the process; null where it has opened none. */
  private readonly pools: (ConnectionPool | null)[] = [];

  constructor(
    private readonly spec: ConnectionPoolSpec,
    private readonly upstream: Upstream,
    /** Ordinal of the pod behind a station. */
    private readonly ordinalOf: (station: number) => number,
  ) {}

  choose(ordinal: number, salt: number, caller: number): number {
    const pool = caller < this.pools.length ? this.pools[caller] : null;
    return (pool ?? this.openPool(caller)).choose(ordinal, salt, caller);
  }

  /** A process is gone; nothing happens if it had no connections here. */
  callerGone(station: number): void {
    if (station >= this.pools.length) return;
    this.pools[station]?.closeAll();
    this.pools[station] = null;
  }

  private openPool(caller: number): ConnectionPool {
    const pool = new ConnectionPool(this.spec, this.upstream, this.ordinalOf(caller));
    while (this.pools.length <= caller) this.pools.push(null);
    this.pools[caller] = pool;
    return pool;
  }
}
