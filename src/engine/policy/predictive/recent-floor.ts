import type { Micros } from '../../../kernel/micros.js';

/** The most that was predicted within a while: a floor stands until the load that it was raised for has come. */
export class RecentFloor {
  private entries: { readonly until: Micros; readonly replicas: number }[] = [];

  /** Remembers a prediction for an instant to come, and says what the floor is now; 0 without one. */
  at(now: Micros, until: Micros, replicas: number | null): number {
    this.entries = this.entries.filter((entry) => entry.until > now && entry.replicas > (replicas ?? 0));
    if (replicas !== null) this.entries.push({ until, replicas });
    return Math.max(0, ...this.entries.map((entry) => entry.replicas));
  }
}
