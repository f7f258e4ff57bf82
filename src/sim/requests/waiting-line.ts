import { ARRIVED, CPU, NEXT, PREVIOUS, type Visits } from './visits.js';

/** Visits waiting for a worker, first come first served: a doubly linked list through the visits' own columns. */
export class WaitingLine {
  private head = -1;
  private tail = -1;
  length = 0;

  constructor(private readonly visits: Visits) {}

  /** Since when the first has been waiting; Infinity where nobody does. */
  get waitingSince(): number {
    return this.head < 0 ? Infinity : this.visits.reals[this.head + ARRIVED];
  }

  /** Adds a visit at the end. */
  push(visit: number): void {
    const { ints } = this.visits;
    ints[2 * visit + NEXT] = -1;
    ints[2 * visit + PREVIOUS] = this.tail;
    if (this.tail >= 0) ints[2 * this.tail + NEXT] = visit;
    else this.head = visit;
    this.tail = visit;
    this.length += 1;
  }

  /** Removes the first visit and returns it, or -1 when nobody waits. */
  shift(): number {
    const visit = this.head;
    if (visit >= 0) this.remove(visit);
    return visit;
  }

  /** Removes all visits and returns them; none has had any CPU. */
  drain(): number[] {
    const all: number[] = [];
    for (let visit = this.shift(); visit >= 0; visit = this.shift()) {
      this.visits.reals[visit + CPU] = 0;
      all.push(visit);
    }
    return all;
  }

  /** Visits that joined it no later than `since`. */
  ahead(since: number): number {
    const { ints, reals } = this.visits;
    let count = 0;
    for (let visit = this.head; visit >= 0 && reals[visit + ARRIVED] <= since; visit = ints[2 * visit + NEXT]) {
      count += 1;
    }
    return count;
  }

  /** Removes a visit that waits in this line. */
  remove(visit: number): void {
    const { ints } = this.visits;
    const before = ints[2 * visit + PREVIOUS];
    const after = ints[2 * visit + NEXT];
    if (before >= 0) ints[2 * before + NEXT] = after;
    else this.head = after;
    if (after >= 0) ints[2 * after + PREVIOUS] = before;
    else this.tail = before;
    this.length -= 1;
  }
}
