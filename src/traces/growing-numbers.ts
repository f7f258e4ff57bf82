/** Numbers of unknown count in one typed array, doubled as it fills: eight bytes a row however long the file. */
export class GrowingNumbers {
  private items = new Float64Array(1024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  get last(): number {
    return this.items[this.count - 1];
  }

  push(value: number): void {
    if (this.count === this.items.length) {
      const larger = new Float64Array(this.count * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.count] = value;
    this.count += 1;
  }

  /** The numbers so far, a view that later pushes may leave behind. */
  view(): Float64Array {
    return this.items.subarray(0, this.count);
  }
}
