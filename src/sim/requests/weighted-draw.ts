/** Turns 32 random bits into a position, in proportion to weights: by multiplication when they are equal, else by binary search. */
export class WeightedDraw {
  private readonly sums: Float64Array;
  private readonly even: boolean;

  constructor(weights: readonly number[]) {
    this.even = weights.every((weight) => weight === weights[0]);
    this.sums = new Float64Array(weights.length);
    let sum = 0;
    for (let i = 0; i < weights.length; i += 1) {
      sum += weights[i];
      this.sums[i] = sum;
    }
  }

  /** Position for unsigned 32-bit `bits`; there must be at least one weight. */
  index(bits: number): number {
    const n = this.sums.length;
    if (this.even) return Math.floor(bits * 2.3283064365386963e-10 * n);
    const wanted = bits * 2.3283064365386963e-10 * this.sums[n - 1];
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
