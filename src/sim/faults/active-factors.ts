/** Factors that hold at present, several at a time; their product is computed afresh, so that ended ones leave no rounding behind. */
export class ActiveFactors {
  private readonly factors: number[] = [];

  /** A factor begins (1) or ceases (-1) to hold. */
  change(factor: number, by: 1 | -1): void {
    if (by === 1) {
      this.factors.push(factor);
      return;
    }
    const position = this.factors.indexOf(factor);
    if (position >= 0) this.factors.splice(position, 1);
  }

  /** Product of those that hold; 1 when none does. */
  get product(): number {
    let product = 1;
    for (const factor of this.factors) product *= factor;
    return product;
  }
}
