import { KeyedRandom } from './random.js';
import { TextHash } from './text-hash.js';

/**
 * Random streams by name: (seed, purpose, entity) names a stream, and an ordinal names a draw in it.
 *
 * Nothing is consumed in order, so a new consumer, more pods or more retries shift nobody else's draws, and two policies
 * compared under one seed meet the same arrivals, demands and start-up times (common random numbers).
 */
export class Streams {
  constructor(
    /** Any whole number. */
    readonly seed: number,
  ) {}

  /** The stream of one purpose ('arrivals', 'demand', 'start') of one named entity. The same names give the same stream. */
  stream(purpose: string, entity: string): KeyedRandom {
    const [key0, key1] = new TextHash().add(`${this.seed}\u0000${purpose}\u0000${entity}`).words();
    return new KeyedRandom(key0, key1);
  }
}
