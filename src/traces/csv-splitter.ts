import { InputError } from '../domain/errors.js';

/** Takes one record: its fields, unquoted and trimmed, and the line it starts on, counted from 1. */
export type RecordSink = (fields: readonly string[], line: number) => void;

/** A record longer than this is no trace: a binary file, or a quote never closed. */
const LONGEST_RECORD = 1 << 20;

/**
 * Splits text that arrives in pieces into CSV records: separators `,` `;` or tab, quoted fields with doubled quotes and line breaks
 * inside (RFC 4180), LF or CRLF. Blank lines are skipped. Without a separator given, the first line decides.
 */
export class CsvSplitter {
  private pending = '';
  private line = 1;
  private chosen: string | null;

  constructor(
    private readonly source: string,
    separator: string | null,
    private readonly sink: RecordSink,
  ) {
    this.chosen = separator;
  }

  /** The separator given or recognised; a comma until the first line has been seen. */
  get separator(): string {
    return this.chosen ?? ',';
  }

  push(text: string): void {
    this.pending += text;
    let start = 0;
    for (let end = this.recordEnd(start); end >= 0; end = this.recordEnd(start)) {
      this.record(this.pending.slice(start, end));
      start = end + 1;
    }
    this.pending = this.pending.slice(start);
    if (this.pending.length > LONGEST_RECORD) throw this.endless();
  }

  /** Call once after the last piece: a last line need not end in a line break. */
  end(): void {
    if (!quotesClose(this.pending)) throw this.endless();
    this.record(this.pending);
    this.pending = '';
  }

  /** Index of the line break that ends the record starting at `start`, or -1 while it has not arrived. */
  private recordEnd(start: number): number {
    let from = start;
    let closed = true;
    for (let end = this.pending.indexOf('\n', from); end >= 0; end = this.pending.indexOf('\n', from)) {
      if (!quotesClose(this.pending.slice(from, end))) closed = !closed;
      if (closed) return end;
      if (end - start > LONGEST_RECORD) throw this.endless();
      from = end + 1;
    }
    return -1;
  }

  private record(text: string): void {
    const line = this.line;
    this.line += 1;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line += 1;
    const record = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (record.trim() === '') return;
    this.chosen ??= separatorOf(record);
    this.sink(fieldsOf(record, this.chosen), line);
  }

  private endless(): InputError {
    return new InputError(
      { source: this.source, line: this.line },
      this.pending.includes('"')
        ? 'a quote opened here must be closed, was not'
        : 'must be a CSV file, was something without line breaks',
      'Export the series again as plain CSV: one time and one value a line.',
    );
  }
}

/** An even number of quotes: every one that opens has been closed (a doubled quote counts twice). */
function quotesClose(text: string): boolean {
  let even = true;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) even = !even;
  return even;
}

/** `;` before tab before `,`, since a decimal comma may stand between semicolons, and a tab after them. */
function separatorOf(record: string): string {
  const bare = record.replaceAll(/"[^"]*"/g, '');
  return [';', '\t'].find((separator) => bare.includes(separator)) ?? ',';
}

function fieldsOf(record: string, separator: string): string[] {
  if (!record.includes('"')) return record.split(separator).map((field) => field.trim());
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < record.length; i += 1) {
    const letter = record[i];
    if (letter === '"' && quoted && record[i + 1] === '"') {
      field += '"';
      i += 1;
    } else if (letter === '"') {
      quoted = !quoted;
    } else if (letter === separator && !quoted) {
      fields.push(field.trim());
      field = '';
    } else {
      field += letter;
    }
  }
  return [...fields, field.trim()];
}
