import { TextHash } from './text-hash.js';

/** What a journal line is: something that happened, something the engine asked for, or why it asked or did not. */
export type EntryKind = 'fact' | 'command' | 'decision';

/** Receives each finished line, without its line feed, in order. */
export type JournalSink = (line: string) => void;

/**
 * Append-only record of a run: one JSON object a line, `{"seq":0,"fact":{...}}`, with a rolling hash over all lines.
 *
 * `seq` orders replay; the times inside the bodies explain it. Bodies must be plain JSON values whose keys are always
 * written in the same order, so that the same run gives the same bytes.
 */
export class Journal {
  private readonly hash = new TextHash();
  entries = 0;

  constructor(private readonly sink: JournalSink = () => undefined) {}

  /** Appends one entry. */
  append(kind: EntryKind, body: object): void {
    const line = `{"seq":${this.entries},"${kind}":${JSON.stringify(body)}}`;
    this.entries += 1;
    this.hash.add(line).add('\n');
    this.sink(line);
  }

  /** Hash of all lines so far, 32 hexadecimal digits. */
  hex(): string {
    return this.hash.hex();
  }
}
