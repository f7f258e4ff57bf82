import type { CircuitBreakerSpec } from '../../domain/balancing-spec.js';
import type { Balancer } from '../requests/balancer-port.js';
import type { StationBoard } from '../requests/station-board.js';
import type { OutlierDetector } from './outlier-detector.js';

/** One of the balancers in front of a workload, with what it knows from its own requests alone. */
export class BalancerInstance {
  /** Attempts on board through it, and those of them that are retries. */
  private onBoard = 0;
  private retries = 0;

  constructor(
    readonly balancer: Balancer,
    /** What is on board of each station through it, where it is not the only one: its balancer reads loads there. */
    readonly counts: StationBoard | null,
    /** What it thinks of its endpoints; null where it never ejects one. */
    readonly detector: OutlierDetector | null,
    private readonly breaker: CircuitBreakerSpec | null,
  ) {}

  /** Whether its circuit breaker lets another attempt through. */
  admits(retry: boolean): boolean {
    if (this.breaker === null) return true;
    const { maxRequests, maxRetries } = this.breaker;
    return this.onBoard < maxRequests && (!retry || maxRetries === undefined || this.retries < maxRetries);
  }

  /** An attempt through it has come on board (1) or left (-1). */
  pass(retry: boolean, by: 1 | -1): void {
    this.onBoard += by;
    if (retry) this.retries += by;
  }

  /** One more (1) or less (-1) of what it counts is at a station. */
  count(station: number, by: 1 | -1): void {
    if (this.counts === null) return;
    this.counts.inFlight[station] += by;
    this.balancer.loadChanged(station);
  }
}
