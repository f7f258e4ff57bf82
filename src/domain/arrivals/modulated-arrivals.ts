import type { KeyedRandom } from '../../kernel/random.js';
import type { RateSeries } from '../rate-series.js';
import type { ModulatedArrivalModel } from '../traffic-spec.js';
import type { ArrivalProcess } from './arrival-process.js';
import { fillInstants } from './fill-instants.js';
import { OperationalClock, type RateStretch } from './operational-clock.js';

/**
 * A Markov-modulated Poisson process of two states: bursts of exponential length at a multiple of the calm rate, calm between them.
 *
 * It begins in the state that chance finds it in, and the two rates are set so that their mean over time is the rate of the bin:
 * calm = rate / (1 + share * (ratio - 1)), burst = ratio * calm. The n-th stay in a state is keyed by n, whatever the rate.
 */
export class ModulatedArrivals implements ArrivalProcess {
  private readonly clock: OperationalClock;
  private readonly meanMicros: { readonly burst: number; readonly calm: number };
  private readonly factor: { readonly burst: number; readonly calm: number };
  private ordinal = 0;
  private stays = 0;
  private state: 'burst' | 'calm';
  private stateEnd: number;
  private bin = 0;

  constructor(
    { ratio, burstMicros, share }: ModulatedArrivalModel,
    private readonly series: RateSeries,
    private readonly random: KeyedRandom,
  ) {
    const calm = 1 / (1 + share * (ratio - 1));
    this.factor = { calm, burst: ratio * calm };
    this.meanMicros = { burst: burstMicros, calm: (burstMicros * (1 - share)) / share };
    this.state = random.uniform(0, FIRST) < share ? 'burst' : 'calm';
    const start = series.edgesMicros[0];
    this.stateEnd = start + this.stay();
    this.clock = new OperationalClock(start, () => this.stretch());
  }

  fill(out: Float64Array): number {
    return fillInstants(out, () => {
      this.ordinal += 1;
      return this.clock.advance(this.random.exponential(this.ordinal - 1));
    });
  }

  /** Up to the next change of state or the end of the bin, whichever comes first. */
  private stretch(): RateStretch | null {
    const { edgesMicros, ratePerSecond } = this.series;
    if (this.bin >= ratePerSecond.length) return null;
    const rate = (ratePerSecond[this.bin] * this.factor[this.state]) / 1e6;
    const endMicros = Math.min(this.stateEnd, edgesMicros[this.bin + 1]);
    if (endMicros === edgesMicros[this.bin + 1]) this.bin += 1;
    if (endMicros === this.stateEnd) {
      this.state = this.state === 'burst' ? 'calm' : 'burst';
      this.stateEnd += this.stay();
    }
    return { endMicros, startRate: rate, endRate: rate };
  }

  private stay(): number {
    this.stays += 1;
    return this.meanMicros[this.state] * this.random.exponential(this.stays - 1, STAY);
  }
}

/** Salts of the first state and of the stays. */
const FIRST = 0x02000000;
const STAY = 0x03000000;
