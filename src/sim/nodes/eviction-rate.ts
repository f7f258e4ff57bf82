import type { Micros } from '../../kernel/micros.js';
import { TokenBucket } from '../../kernel/token-bucket.js';
import type { Node } from './node.js';

/**
 * Spaces out the evictions from lost nodes, zone by zone, one node at a time.
 *
 * Source: Kubernetes, pkg/controller/nodelifecycle, zoneNoExecuteTainter with --node-eviction-rate (0.1 a second) and a burst of one; without
 * its lower rate for large zones that are mostly unhealthy, and without its stop where every zone is.
 */
export class EvictionRate {
  private readonly zones = new Map<string, TokenBucket>();

  constructor(
    /** Nodes per second; null means no limit. */
    private readonly perSecond: number | null,
  ) {}

  /** When the eviction delay of a node begins that is found lost now. */
  next(node: Node, now: Micros): Micros {
    if (this.perSecond === null) return now;
    const zone = node.pool.zone ?? '';
    const bucket = this.zones.get(zone) ?? new TokenBucket(this.perSecond, 1, now);
    this.zones.set(zone, bucket);
    return bucket.take(now);
  }
}
