import { LastOccurrence } from './last-occurrence.js';
import type { Recurrence } from './recurrence.js';

/** What is in force by a schedule. */
export interface InForce<Entry> {
  readonly entry: Entry;
  /** For how long. */
  readonly sinceMicros: number;
}

/** Finds the entry of a schedule that came last: of two that come at the same instant, the later one in the list. */
export class LatestOf<Entry extends { readonly recurrence: Recurrence }> {
  private readonly entries: readonly { readonly entry: Entry; readonly last: LastOccurrence }[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries.map((entry) => ({ entry, last: new LastOccurrence(entry.recurrence) }));
  }

  /** By the local clock, in microseconds since 1970-01-01T00:00; null where none has come within eight years. */
  at(clockMicros: number): InForce<Entry> | null {
    let current: Entry | null = null;
    let since = -Infinity;
    for (const { entry, last } of this.entries) {
      const came = last.before(clockMicros);
      if (came === null || came < since) continue;
      since = came;
      current = entry;
    }
    return current === null ? null : { entry: current, sinceMicros: clockMicros - since };
  }
}
