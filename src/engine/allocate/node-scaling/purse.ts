/** Sums of prices may miss the whole budget by a hair. */
const HAIR = 1e-9;

/** Money for machines while it is spent, in USD an hour. */
export class Purse {
  constructor(
    /** Negative where more is spent already than there is; infinite where money is no object. */
    private left: number,
  ) {}

  /** What is left. */
  get leftPerHour(): number {
    return this.left;
  }

  /** How many more machines of a price it pays for. */
  machines(pricePerHour: number): number {
    if (this.left === Infinity || pricePerHour <= 0) return Infinity;
    return Math.max(0, Math.floor(this.left / pricePerHour + HAIR));
  }

  /** Spends on machines, or has back what they would have cost where the number is negative. */
  spend(machines: number, pricePerHour: number): void {
    if (machines !== 0) this.left -= machines * pricePerHour;
  }
}
