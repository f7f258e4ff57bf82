import type { Micros } from '../../../kernel/micros.js';

/** Since when nodes have been unneeded without a break, by name. */
export class UnneededNodes {
  private since = new Map<string, Micros>();

  /** These and no others are unneeded now. */
  update(names: readonly string[], now: Micros): void {
    this.since = new Map(names.map((name) => [name, this.since.get(name) ?? now]));
  }

  /** Since when a node has been unneeded; null where it is needed. */
  of(name: string): Micros | null {
    return this.since.get(name) ?? null;
  }
}
