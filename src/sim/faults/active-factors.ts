/** Factors that hold at present, several at a time; their product is computed afresh, so that ended ones leave no rounding behind. */
export class ActiveFactors {
  private readonly factors: number[] = [];

  /** A factor begins to hold. */
  begin(factor: number): void {
    this.factors.push(factor);
  }

  /** One such factor ceases to hold. */
  end(factor: number): void {
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
