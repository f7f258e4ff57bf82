import type { TrafficSpec } from '../../src/domain/traffic-spec.js';
import { type Sampler, sampler } from '../../src/kernel/distributions.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import { ArrivalCursor } from '../sim/requests/arrival-cursor.js';

/**
 * Knows beforehand when each request of a source arrives and what it demands, since both are functions of the seed alone: for measuring
 * waits from completions, and for a control.
 */
export class RequestTape {
  readonly hop: number;
  private readonly arrivals: ArrivalCursor;
  private readonly sample: Sampler;
  private readonly random: KeyedRandom;
  private readonly arrivedAt = new Float64Array(LENGTH);
  private readonly demands = new Float64Array(LENGTH);
  private nextAt: number;
  private ordinal = 0;

  constructor(spec: TrafficSpec, streams: Streams) {
    const [only] = spec.classes;
    this.hop = new TextHash().add(spec.name).words()[0] | 0;
    this.arrivals = new ArrivalCursor(spec, streams);
    this.sample = sampler(only.cpu);
    this.random = streams.stream('cpu', `${spec.name}/${only.name}`);
    this.nextAt = this.arrivals.next();
  }

  /** Reads on to the requests that arrive up to `until`; at most half the tape at a time. */
  readTo(until: number, each: (arrivedAt: number, demand: number) => void): void {
    while (this.nextAt <= until) {
      const slot = this.ordinal & (LENGTH - 1);
      const demand = this.sample(this.random, this.ordinal, this.hop);
      this.arrivedAt[slot] = this.nextAt;
      this.demands[slot] = demand;
      each(this.nextAt, demand);
      this.ordinal += 1;
      this.nextAt = this.arrivals.next();
    }
  }

  /** When a request arrived that is not further back than half the tape. */
  arrivalOf(ordinal: number): number {
    return this.arrivedAt[ordinal & (LENGTH - 1)];
  }

  /** What it demands. */
  demandOf(ordinal: number): number {
    return this.demands[ordinal & (LENGTH - 1)];
  }
}

/** Requests read ahead at a time. */
export const TAPE_SLICE = 2 ** 14;

const LENGTH = 2 ** 17;

/** The queue of a `TwinSpec`, by Lindley's recursion. */
export class TwinQueue {
  private waited = 0;
  private served = 0;
  private last = 0;
  private sum = 0;
  private count = 0;
  private long = 0;

  constructor(
    private readonly speed: number,
    /** A wait counts as long from here on, in microseconds; of meaning for exponential service alone. */
    private readonly longMicros: number,
  ) {}

  readonly serve = (arrivedAt: number, demand: number): void => {
    this.waited = Math.max(0, this.waited + this.served - (arrivedAt - this.last));
    this.served = demand / this.speed;
    this.last = arrivedAt;
    this.sum += this.waited;
    this.count += 1;
    if (this.waited > this.longMicros) this.long += 1;
  };

  /** Waits and long waits since the last call: sum, number, number of long ones. */
  take(): readonly [number, number, number] {
    const taken = [this.sum, this.count, this.long] as const;
    this.sum = 0;
    this.count = 0;
    this.long = 0;
    return taken;
  }
}
