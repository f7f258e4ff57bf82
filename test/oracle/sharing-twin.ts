import { SERVICE_MICROS } from './oracle-case.js';
import type { KnownAverage, Twin } from './twin.js';

/**
 * One server shared evenly by all who are there, in virtual time: the work that each has got by now. A request leaves when virtual time has
 * grown by its demand.
 */
export class SharingTwin implements Twin {
  readonly known: readonly KnownAverage[];
  private readonly sums: Map<string, number>;
  private present: Present[] = [];
  private now = 0;
  private virtual = 0;

  constructor(
    private readonly speed: number,
    /** Mean sojourn of a source's requests, times its share of all requests. */
    sojourns: readonly { readonly source: string; readonly expected: number }[],
  ) {
    this.known = sojourns.map(({ source, expected }) => ({ name: `sojourn of ${source}`, expected }));
    this.sums = new Map(sojourns.map(({ source }) => [source, 0]));
  }

  serve(arrivedAt: number, demand: number, _patience: number, source: string): void {
    this.workUntil(arrivedAt);
    this.enter({ leavesAt: this.virtual + demand, arrivedAt, source });
  }

  take(): readonly number[] {
    const taken = [...this.sums.values()].map((sum) => sum / SERVICE_MICROS);
    for (const source of this.sums.keys()) this.sums.set(source, 0);
    return taken;
  }

  private workUntil(at: number): void {
    while (this.present.length > 0) {
      const next = this.now + ((this.present[0].leavesAt - this.virtual) * this.present.length) / this.speed;
      if (next > at) break;
      this.now = next;
      this.leave();
    }
    if (this.present.length > 0) this.virtual += ((at - this.now) * this.speed) / this.present.length;
    this.now = at;
  }

  private leave(): void {
    const { leavesAt, arrivedAt, source } = this.present[0];
    this.virtual = leavesAt;
    this.sums.set(source, (this.sums.get(source) ?? 0) + this.now - arrivedAt);
    const last = this.present.pop();
    if (last !== undefined && this.present.length > 0) this.sink(last);
  }

  /** `present` is a heap: the first leaves first. */
  private sink(one: Present): void {
    const { present } = this;
    let hole = 0;
    for (let child = 1; child < present.length; child = 2 * hole + 1) {
      if (child + 1 < present.length && present[child + 1].leavesAt < present[child].leavesAt) child += 1;
      if (present[child].leavesAt >= one.leavesAt) break;
      present[hole] = present[child];
      hole = child;
    }
    present[hole] = one;
  }

  private enter(one: Present): void {
    const { present } = this;
    let hole = present.length;
    present.push(one);
    for (let parent = (hole - 1) >> 1; hole > 0 && present[parent].leavesAt > one.leavesAt; parent = (hole - 1) >> 1) {
      present[hole] = present[parent];
      hole = parent;
    }
    present[hole] = one;
  }
}

/** A request in service. */
interface Present {
  readonly leavesAt: number;
  readonly arrivedAt: number;
  readonly source: string;
}
