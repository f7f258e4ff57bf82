import { type Micros, micros } from './micros.js';

/**
 * Hands out permissions at a steady rate, a burst of them at once when it has been idle; full at first.
 *
 * Whoever comes when it is empty is told the instant of the permission that will be theirs; permissions are handed out in the order
 * in which they are asked for. Source: golang.org/x/time/rate, Limiter.Reserve, which Kubernetes' clients use.
 */
export class TokenBucket {
  private tokens: number;
  private since: Micros;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    now: Micros,
  ) {
    this.tokens = burst;
    this.since = now;
  }

  /** When the next permission holds: now, or later. Instants must not go back. */
  take(now: Micros): Micros {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.since) / 1e6) * this.perSecond);
    this.since = now;
    this.tokens -= 1;
    return this.tokens >= 0 ? now : micros(now + (-this.tokens / this.perSecond) * 1e6);
  }
}
