/**
 * Token bucket that bounds retries to a share of first attempts, so that a failing server is not buried under its own retries.
 * Source: Finagle's RetryBudget (deposits by requests, withdrawals by retries), without its expiry.
 */
export class RetryBudget {
  private tokens: number;

  constructor(
    /** Retries allowed a first attempt, or null for no limit. */
    private readonly share: number | null,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  /** A first attempt was made. */
  deposit(): void {
    if (this.share !== null) this.tokens = Math.min(this.burst, this.tokens + this.share);
  }

  /** Asks for a retry; true when it may be made. */
  spend(): boolean {
    if (this.share === null) return true;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
