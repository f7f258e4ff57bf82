import type { DepartureHeap } from './departure-heap.js';
import { FIELDS, type Visits } from './visits.js';

const { CPU, WAIT } = FIELDS;

/** Threads of a station that serve no visit: each has a handle of its own among the visits, so that it runs beside them like one of them. */
export class Errands {
  /** Threads that run at present. */
  count = 0;
  private readonly told = new Map<number, (at: number) => void>();

  constructor(private readonly visits: Visits) {}

  /** One more, which needs so much CPU time; `done` hears when it has had it. */
  begin(cpuMicros: number, done: (at: number) => void): number {
    const { visits } = this;
    const handle = visits.take();
    visits.reals[handle + CPU] = cpuMicros;
    visits.reals[handle + WAIT] = 0;
    this.told.set(handle, done);
    this.count += 1;
    return handle;
  }

  /** True where the handle was one of them, which ends now. */
  end(handle: number, at: number): boolean {
    const done = this.told.get(handle);
    if (done === undefined) return false;
    this.forget(handle);
    done(at);
    return true;
  }

  /** All of them break off, and nobody hears of it. */
  breakOff(active: DepartureHeap): void {
    for (const handle of [...this.told.keys()]) {
      active.remove(handle);
      this.forget(handle);
    }
  }

  private forget(handle: number): void {
    this.told.delete(handle);
    this.visits.release(handle);
    this.count -= 1;
  }
}
