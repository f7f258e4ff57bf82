import type { KeyedRandom } from '../../kernel/random.js';
import type { Balancer, Endpoint } from './balancer.js';
import type { Station } from './station.js';
import { WeightedDraw } from './weighted-draw.js';

/**
 * Written for speed: it looks at two stations and settles only those, so its cost does not grow with the number of pods.
 * It means: two distinct endpoints at random, of them the one with fewer visits on board, the first drawn on a tie.
 *
 * With unequal weights two draws in proportion to weight (if they coincide, that one), and (visits + 1) / weight decides.
 */
export class PowerOfTwo implements Balancer {
  private stations: Station[] = [];
  private weights: number[] = [];
  private draw: WeightedDraw | null = null;

  constructor(
    private readonly random: KeyedRandom,
    private readonly lazy: boolean,
  ) {}

  route(endpoints: readonly Endpoint[]): void {
    const usable = endpoints.filter((endpoint) => endpoint.weight > 0);
    this.stations = usable.map((endpoint) => endpoint.station);
    this.weights = usable.map((endpoint) => endpoint.weight);
    const even = this.weights.every((weight) => weight === this.weights[0]);
    this.draw = even ? null : new WeightedDraw(this.weights);
  }

  pick(at: number, ordinal: number, salt: number): Station | null {
    const { stations } = this;
    const n = stations.length;
    if (n < 2) return n === 0 ? null : stations[0];
    if (this.draw !== null) return this.weighted(this.draw, at, ordinal, salt);
    const i = this.random.index(n, ordinal, salt);
    const j = this.random.index(n - 1, ordinal, salt + 1);
    const first = stations[i];
    const second = stations[j < i ? j : j + 1];
    return this.load(second, at) < this.load(first, at) ? second : first;
  }

  loadChanged(): void {
    // Load is read when it is needed.
  }

  private weighted(draw: WeightedDraw, at: number, ordinal: number, salt: number): Station {
    const i = draw.index(this.random.bits(ordinal, salt));
    const j = draw.index(this.random.bits(ordinal, salt + 1));
    const first = (this.load(this.stations[i], at) + 1) / this.weights[i];
    const second = (this.load(this.stations[j], at) + 1) / this.weights[j];
    return this.stations[second < first ? j : i];
  }

  private load(station: Station, at: number): number {
    if (this.lazy && station.nextAt <= at) station.settle(at);
    return station.inFlight;
  }
}
