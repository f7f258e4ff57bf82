import type { Micros } from '../../../kernel/micros.js';
import { TokenBucket } from '../../../kernel/token-bucket.js';

/**
 * Lets actions through at no more than a rate; null means at any.
 *
 * The original waits inside a round until the next permission; here the rest of the round is put off until one is due.
 */
export class Permissions {
  private readonly bucket: TokenBucket | null;
  /** When the next permission, already taken out of the bucket, is due. */
  private due: Micros | null = null;

  constructor(perSecond: number | null, burst: number, now: Micros) {
    this.bucket = perSecond === null ? null : new TokenBucket(perSecond, burst, now);
  }

  /** Whether one more action may be done now; counts it where it may. */
  takeOne(now: Micros): boolean {
    if (this.bucket === null) return true;
    const due = this.due ?? this.bucket.take(now);
    this.due = due > now ? due : null;
    return due <= now;
  }
}
