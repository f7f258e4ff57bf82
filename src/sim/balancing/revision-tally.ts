import type { Balancer, Endpoint } from '../requests/balancer-port.js';
import { StepColumns } from '../requests/step-columns.js';
import { wider } from '../requests/visits.js';

/** Counts a balancer's choices by the revision of the pod: attempts where it chooses for each, connections where it chooses once for every connection. */
export class RevisionTally implements Balancer {
  readonly columns: StepColumns;
  private revisions = new Int32Array(64);
  private readonly counts: number[];

  constructor(
    private readonly inner: Balancer,
    revisions: number,
  ) {
    this.counts = Array.from({ length: revisions }, () => 0);
    this.columns = new StepColumns(this.counts.map((_, revision) => `toRevision${revision}`));
  }

  /** A station is of a pod of that revision. */
  enter(station: number, revision: number): void {
    while (this.revisions.length <= station) {
      this.revisions = wider(this.revisions, new Int32Array(this.revisions.length * 2));
    }
    this.revisions[station] = revision;
  }

  route(endpoints: readonly Endpoint[]): void {
    this.inner.route(endpoints);
  }

  pick(ordinal: number, salt: number, caller?: number): number {
    const station = this.inner.pick(ordinal, salt, caller);
    if (station >= 0) this.counts[this.revisions[station]] += 1;
    return station;
  }

  loadChanged(station: number): void {
    this.inner.loadChanged(station);
  }

  /** Appends a row. */
  closeStep(): void {
    this.columns.append(this.counts);
    this.counts.fill(0);
  }
}
