import { type Distribution, meanOf, type Sampler, sampler, scvOf } from '../../src/kernel/distributions.js';
import type { KeyedRandom } from '../../src/kernel/random.js';
import type { Streams } from '../../src/kernel/streams.js';
import { SERVICE_MICROS } from './oracle-case.js';
import type { KnownAverage, Twin } from './twin.js';

/**
 * The set-up times that fall to a single server which goes off whenever it idles: how far they and their squares are off what is expected of
 * them. Only which draws fall into a batch is worked out here, not how anybody fares. Each is drawn after it is known to be needed, so that
 * the sums have expectation zero (Wald).
 */
export class SetUpDraws implements Twin {
  readonly known: readonly KnownAverage[] = [
    { name: 'wait', expected: 0 },
    { name: 'wait', expected: 0 },
  ];
  private readonly sample: Sampler;
  private readonly random: KeyedRandom;
  private readonly mean: number;
  private readonly meanSquare: number;
  private freeAt = -1;
  private ordinal = 0;
  private surplus = 0;
  private surplusOfSquares = 0;

  constructor(
    distribution: Distribution,
    streams: Streams,
    workload: string,
    /** Position of the server among the stations, which salts its draws. */
    private readonly station: number,
  ) {
    this.sample = sampler(distribution);
    this.random = streams.stream('set-up', workload);
    this.mean = meanOf(distribution) / SERVICE_MICROS;
    this.meanSquare = this.mean ** 2 * (1 + scvOf(distribution));
  }

  serve(arrivedAt: number, demand: number): void {
    const start = arrivedAt < this.freeAt ? this.freeAt : arrivedAt + this.setUp();
    this.freeAt = start + demand;
  }

  take(): readonly number[] {
    const taken = [this.surplus, this.surplusOfSquares];
    this.surplus = 0;
    this.surplusOfSquares = 0;
    return taken;
  }

  private setUp(): number {
    const drawn = this.sample(this.random, this.ordinal, this.station);
    this.ordinal += 1;
    this.surplus += drawn / SERVICE_MICROS - this.mean;
    this.surplusOfSquares += (drawn / SERVICE_MICROS) ** 2 - this.meanSquare;
    return drawn;
  }
}
