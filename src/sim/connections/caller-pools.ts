import type { ConnectionPoolSpec } from '../../domain/connection-spec.js';
import type { Chooser } from './chooser.js';
import { ConnectionPool, type Upstream } from './connection-pool.js';

/** The connections of a workload that calls: every process of it has a pool of its own, which goes when the process goes. */
export class CallerPools implements Chooser {
  private readonly pools = new Map<number, ConnectionPool>();

  constructor(
    private readonly spec: ConnectionPoolSpec,
    private readonly upstream: Upstream,
    /** Ordinal of the pod behind a station. */
    private readonly ordinalOf: (station: number) => number,
  ) {}

  choose(ordinal: number, salt: number, caller: number): number {
    const pool = this.pools.get(caller) ?? this.openPool(caller);
    return pool.choose(ordinal, salt, caller);
  }

  /** A process is gone; nothing happens if it had no connections here. */
  callerGone(station: number): void {
    this.pools.get(station)?.closeAll();
    this.pools.delete(station);
  }

  private openPool(caller: number): ConnectionPool {
    const pool = new ConnectionPool(this.spec, this.upstream, this.ordinalOf(caller));
    this.pools.set(caller, pool);
    return pool;
  }
}
