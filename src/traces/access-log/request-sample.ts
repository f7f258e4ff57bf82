import { Streams } from '../../kernel/streams.js';

/** Requests kept: enough for a quantile of the quietest tenth of them to be within a percent or two. */
const MOST_KEPT = 200_000;

/** A request whose time at work is known. */
export interface TimedRequest {
  readonly arrivalMicros: number;
  readonly takenMicros: number;
}

/**
 * A uniform sample of the requests of a log, of fixed size however many there are; the same log gives the same sample.
 * Source: J. Vitter, "Random sampling with a reservoir", algorithm R.
 */
export class RequestSample {
  private readonly kept: Float64Array;
  private readonly random = new Streams(0).stream('sample', 'access log');
  /** Requests offered so far. */
  offered = 0;

  constructor(private readonly most = MOST_KEPT) {
    this.kept = new Float64Array(2 * most);
  }

  add(arrivalMicros: number, takenMicros: number): void {
    const place =
      this.offered < this.most ? this.offered : Math.floor(this.random.uniform(this.offered) * (this.offered + 1));
    this.offered += 1;
    if (place >= this.most) return;
    this.kept[2 * place] = arrivalMicros;
    this.kept[2 * place + 1] = takenMicros;
  }

  requests(): readonly TimedRequest[] {
    return Array.from({ length: Math.min(this.offered, this.most) }, (_, i) => ({
      arrivalMicros: this.kept[2 * i],
      takenMicros: this.kept[2 * i + 1],
    }));
  }
}
