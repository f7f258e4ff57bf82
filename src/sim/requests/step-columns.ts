/** Columns of a series that grow by one row a step. */
export class StepColumns {
  private readonly data: Float64Array[];
  rows = 0;

  constructor(private readonly names: readonly string[]) {
    this.data = names.map(() => new Float64Array(256));
  }

  /** Appends one value a column, in the order of the names; NaN where there is none. */
  append(row: readonly number[]): void {
    for (let i = 0; i < this.data.length; i += 1) {
      if (this.rows === this.data[i].length) {
        const longer = new Float64Array(this.rows * 2);
        longer.set(this.data[i]);
        this.data[i] = longer;
      }
      this.data[i][this.rows] = row[i];
    }
    this.rows += 1;
  }

  /** The columns by name, exactly as long as there are rows. */
  columns(): Record<string, Float64Array> {
    return Object.fromEntries(this.names.map((name, i) => [name, this.data[i].slice(0, this.rows)]));
  }
}
