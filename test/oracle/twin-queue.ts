import { SERVICE_MICROS, type TwinSpec } from './oracle-case.js';

/** Share of long waits at a twin queue; what is long follows from it. */
const LONG_SHARE = 0.01;

/** A control for the variance: one server, first come first served, by Lindley's recursion, whose mean wait is known. */
export class TwinQueue {
  private readonly rho: number;
  /** A wait counts as long from here on; of meaning for exponential service of mean one alone. */
  private readonly longMicros: number;
  private waited = 0;
  private served = 0;
  private last = 0;
  private sum = 0;
  private count = 0;
  private long = 0;

  constructor(
    private readonly spec: TwinSpec,
    /** Of all requests. */
    private readonly rate: number,
  ) {
    this.rho = (rate * spec.mean) / spec.speed;
    this.longMicros = (Math.log(this.rho / LONG_SHARE) / (spec.speed * (1 - this.rho))) * SERVICE_MICROS;
  }

  /** Is told of every request in order of arrival. */
  readonly serve = (arrivedAt: number, demand: number): void => {
    this.waited = Math.max(0, this.waited + this.served - (arrivedAt - this.last));
    this.served = demand / this.spec.speed;
    this.last = arrivedAt;
    this.sum += this.waited;
    this.count += 1;
    if (this.waited > this.longMicros) this.long += 1;
  };

  /** Numbers since the last call; those of joined batches add up. */
  take(): Float64Array {
    const taken = Float64Array.of(this.sum / SERVICE_MICROS, this.count, this.long);
    this.sum = 0;
    this.count = 0;
    this.long = 0;
    return taken;
  }

  /** The control that goes with a mean, or with a quantile. */
  control([sum, count, long]: Float64Array, quantile: boolean): number {
    return (quantile ? long : sum) / count;
  }

  /** Its expectation; the mean wait by Pollaczek and Khinchine. */
  known(quantile: boolean): number {
    const { speed, secondMoment } = this.spec;
    return quantile ? LONG_SHARE : (this.rate * secondMoment) / (2 * speed ** 2 * (1 - this.rho));
  }
}
