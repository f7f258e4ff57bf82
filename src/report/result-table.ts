/** A table of a report as plain text: the page and the Markdown draw it each in their way. */
export interface ResultTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell names the row; every other one is a number unless the column is listed in `words`. */
  readonly rows: readonly (readonly string[])[];
  /** Indices of columns that hold words. */
  readonly words: readonly number[];
}
