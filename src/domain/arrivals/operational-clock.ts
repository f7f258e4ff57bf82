/** A stretch of time over which a rate runs straight from one value to another; rates in requests per microsecond, not negative. */
export interface RateStretch {
  readonly endMicros: number;
  readonly startRate: number;
  readonly endRate: number;
}

/**
 * Turns expected counts into instants: it stands at an instant, and to advance by x goes to where x more requests are expected.
 * A process of unit rate, its gaps spent this way, becomes one of the given rate (time change of a point process).
 *
 * Stretches follow one another from `startMicros`; `next` gives null after the last.
 */
export class OperationalClock {
  private position: number;
  private rate = 0;
  private end: number;
  private endRate = 0;

  constructor(
    startMicros: number,
    private readonly next: () => RateStretch | null,
  ) {
    this.position = startMicros;
    this.end = startMicros;
  }

  /** Goes on by an expected count of at least 0; the instant reached in microseconds, or Infinity past the last stretch. */
  advance(count: number): number {
    if (count <= 0) return this.position;
    let left = count;
    for (;;) {
      const length = this.end - this.position;
      const area = ((this.rate + this.endRate) / 2) * length;
      if (left < area) return this.within(left, length);
      left -= area;
      if (!this.open()) return Infinity;
    }
  }

  /** The root of rate * t + slope * t^2 / 2 = left, in the form that loses no digits. */
  private within(left: number, length: number): number {
    const slope = (this.endRate - this.rate) / length;
    const reached = Math.sqrt(Math.max(0, this.rate * this.rate + 2 * slope * left));
    this.position = Math.min(this.end, this.position + (2 * left) / (this.rate + reached));
    this.rate = reached;
    return this.position;
  }

  private open(): boolean {
    const stretch = this.next();
    this.position = this.end;
    if (stretch === null) {
      this.position = Infinity;
      this.end = Infinity;
      this.rate = 0;
      this.endRate = 0;
      return false;
    }
    this.end = stretch.endMicros;
    this.rate = stretch.startRate;
    this.endRate = stretch.endRate;
    return true;
  }
}
