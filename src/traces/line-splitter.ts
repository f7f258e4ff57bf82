/** Takes one line without its break, and its number counted from 1. */
export type LineSink = (line: string, number: number) => void;

/** Longer lines are cut here: a request that large is an attack or a broken file, and no memory is spent on it. */
export const LONGEST_LINE = 32_768;

/** Splits text that arrives in pieces into lines, LF or CRLF, and holds at most one of them. */
export class LineSplitter {
  private pending = '';
  private number = 0;

  constructor(private readonly sink: LineSink) {}

  push(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.line(this.pending === '' ? text.slice(start, end) : this.pending + text.slice(start, end));
      this.pending = '';
      start = end + 1;
    }
    if (this.pending.length <= LONGEST_LINE) this.pending += text.slice(start);
  }

  /** Call once after the last piece: a last line need not end in a line break. */
  end(): void {
    if (this.pending !== '') this.line(this.pending);
    this.pending = '';
  }

  private line(text: string): void {
    this.number += 1;
    this.sink(text.endsWith('\r') ? text.slice(0, -1) : text, this.number);
  }
}
