import { HeapSlab } from './heap-slab.js';
import { wider } from './visits.js';

/**
 * Written for speed: what the request loop reads of many stations, as columns by the station's index, and the instant it has come to.
 * It means: `station.nextAt`, `station.inFlight`, `clock.now`. A number in a typed array is never boxed, and two columns of ten thousand
 * stations stay in the cache where ten thousand objects do not.
 */
export class StationBoard {
  /** Instant of each station's next completion, or Infinity. */
  nextAt = new Float64Array(ENOUGH).fill(Infinity);
  /** Visits waiting, being served, or holding a worker at each station. */
  inFlight = new Int32Array(ENOUGH);
  /** CPU speed of the node behind each station; 0 where nobody listens. */
  speed = new Float64Array(ENOUGH);
  /** The instant the request path has come to, and at `HORIZON` the one until which nothing but requests will happen. */
  readonly clock = Float64Array.of(-Infinity, -Infinity);
  /** Where stations keep the heaps of their visits. */
  readonly heaps = new HeapSlab(16 * ENOUGH);
  stations = 0;

  /** The instant the request path has come to. */
  get now(): number {
    return this.clock[0];
  }

  /** Enters a station and returns its index. */
  enter(): number {
    if (this.stations === this.inFlight.length) {
      this.inFlight = wider(this.inFlight, new Int32Array(this.stations * 2));
      this.speed = wider(this.speed, new Float64Array(this.stations * 2));
      this.nextAt = wider(this.nextAt, new Float64Array(this.stations * 2).fill(Infinity));
    }
    this.stations += 1;
    return this.stations - 1;
  }
}

/** Stations there is room for at first: see `Visits`. */
const ENOUGH = 1024;

/** Where the horizon stands in the clock. */
export const HORIZON = 1;
