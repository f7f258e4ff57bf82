/**
 * Written for speed: the state of every attempt on board, as columns of typed arrays with a free list, so that a request allocates nothing.
 * It means: a set of objects {arrivedAt, cpu, hold, ...}; a slot number stands for the object.
 *
 * A visit is one attempt at one workload or dependency. It lives from the offer until its server has let go of it.
 */
export class Visits {
  /** Intended arrival of the logical request a direct visit belongs to. */
  intendedAt = new Float64Array(1024);
  /** When it was offered to its station. */
  arrivedAt = new Float64Array(1024);
  /** When its service began. */
  startedAt = new Float64Array(1024);
  /** CPU time it needs there, in microseconds of that core. */
  cpu = new Float64Array(1024);
  /** Time it needs after its CPU phase, in microseconds. */
  wait = new Float64Array(1024);
  /** Ordinal of the logical request in its traffic source. */
  ordinal = new Float64Array(1024);
  /** Key of its place in the tree of calls. */
  hop = new Int32Array(1024);
  /** Its operation, an index. */
  operation = new Int32Array(1024);
  /** Its call, a slot, or -1 for a direct visit whose caller does nothing but wait. */
  call = new Int32Array(1024);
  /** Its station's index. */
  station = new Int32Array(1024);
  /** Neighbours in a waiting line. */
  next = new Int32Array(1024);
  previous = new Int32Array(1024);
  /** Where it is with its station: see `VISIT`. */
  state = new Uint8Array(1024);
  /** Calls made: the first still out (a slot, or -1), the group it is at, how many of it are out, and whether one has failed. */
  firstCall = new Int32Array(1024);
  group = new Int16Array(1024);
  pending = new Int16Array(1024);
  broken = new Uint8Array(1024);
  /** Counts the lives of a slot, so that a late timer can tell it has been used again. */
  life = new Float64Array(1024);
  private freed = -1;
  used = 0;

  /** Takes a slot. Its columns hold what the last user left there. */
  take(): number {
    const slot = this.freed;
    if (slot >= 0) {
      this.freed = this.next[slot];
      return slot;
    }
    if (this.used === this.cpu.length) this.grow();
    this.used += 1;
    return this.used - 1;
  }

  /** Gives a slot back. */
  release(slot: number): void {
    this.life[slot] += 1;
    this.state[slot] = VISIT.none;
    this.next[slot] = this.freed;
    this.freed = slot;
  }

  /** Slots of the visits that hold a worker of a station; looks at every slot. */
  holdingAt(station: number): number[] {
    const found: number[] = [];
    for (let slot = 0; slot < this.used; slot += 1) {
      if (this.state[slot] === VISIT.holding && this.station[slot] === station) found.push(slot);
    }
    return found;
  }

  private grow(): void {
    const size = this.cpu.length * 2;
    this.intendedAt = wider(this.intendedAt, new Float64Array(size));
    this.arrivedAt = wider(this.arrivedAt, new Float64Array(size));
    this.startedAt = wider(this.startedAt, new Float64Array(size));
    this.cpu = wider(this.cpu, new Float64Array(size));
    this.wait = wider(this.wait, new Float64Array(size));
    this.ordinal = wider(this.ordinal, new Float64Array(size));
    this.life = wider(this.life, new Float64Array(size));
    this.hop = wider(this.hop, new Int32Array(size));
    this.operation = wider(this.operation, new Int32Array(size));
    this.call = wider(this.call, new Int32Array(size));
    this.station = wider(this.station, new Int32Array(size));
    this.next = wider(this.next, new Int32Array(size));
    this.previous = wider(this.previous, new Int32Array(size));
    this.state = wider(this.state, new Uint8Array(size));
    this.firstCall = wider(this.firstCall, new Int32Array(size));
    this.group = wider(this.group, new Int16Array(size));
    this.pending = wider(this.pending, new Int16Array(size));
    this.broken = wider(this.broken, new Uint8Array(size));
  }
}

/** Where a visit is: nowhere, waiting for a worker, being served, or holding its worker while its calls are out. */
export const VISIT = { none: 0, waiting: 1, served: 2, holding: 3 } as const;

/** Copies a column into a longer one. */
export function wider<Column extends Float64Array | Int32Array | Int16Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
