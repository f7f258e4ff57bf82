import { type ArrivalProcess, arrivalProcess } from '../../domain/arrival-process.js';
import type { TrafficSpec } from '../../domain/traffic-spec.js';
import { mixKeys, type KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import { TextHash } from '../../kernel/text-hash.js';
import type { Chooser } from '../connections/chooser.js';
import type { CallSite, Operation, OperationTable } from './operations.js';

/** Requests drawn at once. */
export const BLOCK = 256;

/**
 * Written for speed: it draws its requests a block at a time, in short loops over typed arrays.
 * It means: a generator of {at, site, cpu, wait}, one request after the other.
 */
export class TrafficSource {
  /** Instant of each request of the block; Infinity after the last of all. */
  readonly instants = new Float64Array(BLOCK + 1);
  /** Its class, a position in `sites`. */
  readonly picks = new Uint8Array(BLOCK);
  /** Its demands, in microseconds; filled only where the client does nothing but wait. */
  readonly cpu = new Float64Array(BLOCK);
  readonly wait = new Float64Array(BLOCK);
  /** Position of the next request in the block. */
  cursor = 0;
  /** Whether its clients do nothing but wait, and its requests make no calls. */
  readonly plain: boolean;
  /** Key of its requests' place in the tree of calls. */
  readonly hop: number;
  /** Salt of the balancer's draws for a first attempt. */
  readonly salt: number;
  readonly sites: readonly CallSite[];
  readonly operations: readonly Operation[];
  /** Finds a station for each request. */
  readonly chooser: Chooser;
  /** Ordinal of the block's first request. */
  first = 0;
  private readonly arrivals: ArrivalProcess;
  private readonly classRandom: KeyedRandom;
  private readonly sums: Float64Array;

  constructor(spec: TrafficSpec, table: OperationTable, streams: Streams) {
    this.hop = new TextHash().add(spec.name).words()[0] | 0;
    this.salt = mixKeys(this.hop, 0);
    this.arrivals = arrivalProcess(spec.arrivals, spec.rates, streams.stream('arrivals', spec.name));
    this.classRandom = streams.stream('class', spec.name);
    this.chooser = table.rootChooser(spec);
    this.sites = spec.classes.map((one) => {
      return table.rootSite(table.root(spec.name, one.name, spec.to, one), spec.client, this.chooser, one);
    });
    this.operations = this.sites.map((site) => site.operation);
    this.plain = this.sites.every((site) => !site.needsCaller && site.operation.groups.length === 0);
    let sum = 0;
    this.sums = Float64Array.from(spec.classes, (one) => (sum += one.share));
    this.fill();
  }

  /** Instant of the next request, or Infinity. */
  get nextAt(): number {
    return this.instants[this.cursor];
  }

  /** Ordinal of the next request, 0 the first. */
  get ordinal(): number {
    return this.first + this.cursor;
  }

  /** Goes on to the request after. */
  advance(): void {
    this.cursor += 1;
    if (this.cursor === BLOCK) this.refill();
  }

  /** Draws the next block; the present one must have been used up. */
  refill(): void {
    this.first += BLOCK;
    this.cursor = 0;
    this.fill();
  }

  private fill(): void {
    const count = this.arrivals.fill(this.instants.subarray(0, BLOCK));
    this.instants[count] = Infinity;
    if (this.sites.length > 1) this.fillPicks(count);
    if (!this.plain) return;
    if (this.sites.length === 1) this.fillOnly(count, this.operations[0]);
    else for (let i = 0; i < count; i += 1) this.fillOne(i, this.operations[this.picks[i]]);
  }

  private fillOnly(count: number, { cpu, wait }: Operation): void {
    const { first, hop } = this;
    cpu.fill(cpu.random, first, hop, this.cpu, count);
    wait?.fill(wait.random, first, hop, this.wait, count);
  }

  private fillOne(i: number, { cpu, wait }: Operation): void {
    this.cpu[i] = cpu.sample(cpu.random, this.first + i, this.hop);
    this.wait[i] = wait === null ? 0 : wait.sample(wait.random, this.first + i, this.hop);
  }

  /** The class, a position in `sites`, that a uniform number between 0 and 1 falls to. */
  pick(wanted: number): number {
    const last = this.sites.length - 1;
    let pick = 0;
    while (pick < last && this.sums[pick] <= wanted) pick += 1;
    return pick;
  }

  private fillPicks(count: number): void {
    const last = this.sites.length - 1;
    for (let i = 0; i < count; i += 1) {
      const wanted = this.classRandom.uniform(this.first + i);
      let pick = 0;
      while (pick < last && this.sums[pick] <= wanted) pick += 1;
      this.picks[i] = pick;
    }
  }
}
