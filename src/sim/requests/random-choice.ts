import type { KeyedRandom } from '../../kernel/random.js';
import { type Balancer, type Endpoint, shareOf } from './balancer-port.js';
import { WeightedDraw } from './weighted-draw.js';

/** An endpoint at random, in proportion to its weight. */
export class RandomChoice implements Balancer {
  private endpoints: readonly Endpoint[] = [];
  private draw = new WeightedDraw([]);

  constructor(private readonly random: KeyedRandom) {}

  route(endpoints: readonly Endpoint[]): void {
    this.endpoints = endpoints.filter((endpoint) => endpoint.weight > 0);
    this.draw = new WeightedDraw(this.endpoints.map(shareOf));
  }

  pick(ordinal: number, salt: number): number {
    if (this.endpoints.length === 0) return -1;
    return this.endpoints[this.draw.index(this.random.bits(ordinal, salt))].station;
  }

  loadChanged(): void {
    // Load plays no part in chance.
  }
}
