import { type ArrivalProcess, arrivalProcess } from '../../domain/arrival-process.js';
import type { TrafficSpec } from '../../domain/traffic-spec.js';
import { mixKeys, type KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import { TextHash } from '../../kernel/text-hash.js';
import type { CallSite, OperationTable } from './operations.js';

/** Requests from outside to one workload: their instants, and the class of each. */
export class TrafficSource {
  /** Instant of the next request, or Infinity. */
  nextAt: number;
  /** Ordinal of the next request, 0 the first. */
  ordinal = 0;
  /** Key of its requests' place in the tree of calls. */
  readonly hop: number;
  /** Salt of the balancer's draws for a first attempt. */
  readonly salt: number;
  private readonly arrivals: ArrivalProcess;
  private readonly classRandom: KeyedRandom;
  private readonly sites: readonly CallSite[];
  private readonly sums: Float64Array;

  constructor(
    readonly index: number,
    spec: TrafficSpec,
    table: OperationTable,
    streams: Streams,
  ) {
    this.hop = new TextHash().add(spec.name).words()[0] | 0;
    this.salt = mixKeys(this.hop, 0);
    this.arrivals = arrivalProcess(spec.arrivals, spec.rates, streams.stream('arrivals', spec.name));
    this.classRandom = streams.stream('class', spec.name);
    this.sites = spec.classes.map((one) => table.rootSite(table.root(spec.name, one.name, spec.to, one), spec.client));
    let sum = 0;
    this.sums = Float64Array.from(spec.classes, (one) => (sum += one.share));
    this.nextAt = this.arrivals.next();
  }

  /** Site of the next request's class; `advance` must follow. */
  nextSite(): CallSite {
    const last = this.sites.length - 1;
    if (last === 0) return this.sites[0];
    const wanted = this.classRandom.uniform(this.ordinal);
    let i = 0;
    while (i < last && this.sums[i] <= wanted) i += 1;
    return this.sites[i];
  }

  /** Goes on to the request after. */
  advance(): void {
    this.ordinal += 1;
    this.nextAt = this.arrivals.next();
  }
}
