import type { TrafficSpec } from '../../src/domain/traffic-spec.js';
import { type Distribution, type Sampler, sampler } from '../../src/kernel/distributions.js';
import { type KeyedRandom, mixKeys } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import { ArrivalCursor } from '../sim/requests/arrival-cursor.js';

/**
 * Knows beforehand when each request of a source arrives, what it demands and how long it would wait, since all are functions of the seed
 * alone: for measuring waits from completions, and for controls.
 */
export class RequestTape {
  readonly name: string;
  readonly hop: number;
  /** When the next request arrives, its demand and its patience, in microseconds. */
  arrivedAt: number;
  demand = 0;
  patience = Infinity;
  private readonly arrivals: ArrivalCursor;
  private readonly sample: Sampler;
  private readonly random: KeyedRandom;
  private readonly samplePatience: Sampler | null;
  private readonly patienceRandom: KeyedRandom;
  private readonly arrivedBefore = new Float64Array(LENGTH);
  private readonly demandsBefore = new Float64Array(LENGTH);
  private ordinal = 0;

  constructor(spec: TrafficSpec, patience: Distribution | null, streams: Streams) {
    const [only] = spec.classes;
    this.name = spec.name;
    this.hop = new TextHash().add(spec.name).words()[0] | 0;
    this.arrivals = new ArrivalCursor(spec, streams);
    this.sample = sampler(only.cpu);
    this.random = streams.stream('cpu', `${spec.name}/${only.name}`);
    this.samplePatience = patience === null ? null : sampler(patience);
    this.patienceRandom = streams.stream('patience', spec.to);
    this.arrivedAt = this.arrivals.next();
    this.draw();
  }

  /** Goes on to the request after. */
  advance(): void {
    this.ordinal += 1;
    this.arrivedAt = this.arrivals.next();
    this.draw();
  }

  /** When a request arrived that is not further back than the tape is long. */
  arrivalOf(ordinal: number): number {
    return this.arrivedBefore[ordinal & (LENGTH - 1)];
  }

  /** What it demands. */
  demandOf(ordinal: number): number {
    return this.demandsBefore[ordinal & (LENGTH - 1)];
  }

  private draw(): void {
    const { ordinal, hop } = this;
    const slot = ordinal & (LENGTH - 1);
    this.demand = this.sample(this.random, ordinal, hop);
    if (this.samplePatience !== null) {
      this.patience = this.samplePatience(this.patienceRandom, ordinal, mixKeys(hop, 0));
    }
    this.arrivedBefore[slot] = this.arrivedAt;
    this.demandsBefore[slot] = this.demand;
  }
}

/** Requests read ahead at a time. */
export const TAPE_SLICE = 2 ** 14;

const LENGTH = 2 ** 17;
