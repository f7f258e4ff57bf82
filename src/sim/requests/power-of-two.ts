import type { KeyedRandom } from '../../kernel/random.js';
import { type Balancer, type Endpoint, shareOf } from './balancer-port.js';
import type { FcfsBank } from './fcfs-bank.js';
import type { Station } from './station.js';
import type { StationBoard } from './station-board.js';
import { WeightedDraw } from './weighted-draw.js';

/** Reads loads: where stations are lazy, one is settled before its load is read. */
export interface LoadReader {
  readonly board: StationBoard;
  readonly stations: readonly Station[];
  readonly lazy: boolean;
  /** Where the stations are, if they serve first come first served: asked directly, without a look at an object a station. */
  readonly bank: FcfsBank | null;
}

/**
 * Written for speed: it looks at two stations and settles only those, so its cost does not grow with the number of pods.
 * It means: two distinct endpoints at random, of them the one with fewer visits on board, the first drawn on a tie.
 *
 * With unequal shares two draws in proportion to them (if they coincide, that one), and (visits + 1) / weight decides: an endpoint that
 * starts slowly is drawn seldom, and held to its load like any other.
 */
export class PowerOfTwo implements Balancer {
  private endpoints = new Int32Array(0);
  private weights: number[] = [];
  private draw: WeightedDraw | null = null;

  constructor(
    private readonly random: KeyedRandom,
    private readonly loads: LoadReader,
  ) {}

  route(endpoints: readonly Endpoint[]): void {
    const usable = endpoints.filter((endpoint) => endpoint.weight > 0);
    this.endpoints = Int32Array.from(usable, (endpoint) => endpoint.station);
    this.weights = usable.map((endpoint) => endpoint.weight);
    const shares = usable.map(shareOf);
    const even = shares.every((share) => share === shares[0]);
    this.draw = even ? null : new WeightedDraw(shares);
  }

  pick(ordinal: number, salt: number): number {
    const { endpoints } = this;
    const n = endpoints.length;
    if (n < 2) return n === 0 ? -1 : endpoints[0];
    if (this.draw !== null) return this.weighted(this.draw, ordinal, salt);
    const i = this.random.index(n, ordinal, salt);
    const j = this.random.index(n - 1, ordinal, salt + 1);
    const first = endpoints[i];
    const second = endpoints[j < i ? j : j + 1];
    return this.load(second) < this.load(first) ? second : first;
  }

  loadChanged(): void {
    // Load is read when it is needed.
  }

  private weighted(draw: WeightedDraw, ordinal: number, salt: number): number {
    const i = draw.index(this.random.bits(ordinal, salt));
    const j = draw.index(this.random.bits(ordinal, salt + 1));
    const first = (this.load(this.endpoints[i]) + 1) / this.weights[i];
    const second = (this.load(this.endpoints[j]) + 1) / this.weights[j];
    return this.endpoints[second < first ? j : i];
  }

  private load(station: number): number {
    const { board, stations, lazy, bank } = this.loads;
    if (lazy && board.nextAt[station] <= board.clock[0]) {
      if (bank !== null) bank.settle(station);
      else stations[station].settle();
    }
    return board.inFlight[station];
  }
}
