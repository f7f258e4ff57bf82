import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { WorldError } from '../domain/errors.js';

/** Characters gathered before they are compressed and written. */
const CHUNK = 1_000_000;

/**
 * Writes a journal as a gzip file of bounded memory: a chain of gzip members of about a megabyte each, which every reader takes as one file.
 *
 * It lies under a temporary name beside its own until `finish`; `discard` leaves nothing.
 */
export class JournalFile {
  private readonly unfinished: string;
  private readonly file: number;
  private lines: string[] = [];
  private size = 0;
  private open = true;

  constructor(private readonly path: string) {
    this.unfinished = `${path}.part`;
    try {
      this.file = openSync(this.unfinished, 'w');
    } catch (cause) {
      throw new WorldError(`${path} cannot be written (${reason(cause)}).`, { cause });
    }
  }

  /** Appends a line, given without its line feed. */
  write(line: string): void {
    this.lines.push(line);
    this.size += line.length + 1;
    if (this.size >= CHUNK) this.flush();
  }

  /** Completes the file and gives it its name. */
  finish(): void {
    this.flush();
    this.close();
    renameSync(this.unfinished, this.path);
  }

  /** Removes what has been written, if it is not complete. */
  discard(): void {
    this.close();
    rmSync(this.unfinished, { force: true });
  }

  private flush(): void {
    if (this.lines.length === 0) return;
    const text = `${this.lines.join('\n')}\n`;
    this.lines = [];
    this.size = 0;
    try {
      // A fixed level, so that equal journals give equal files.
      writeAll(this.file, gzipSync(text, { level: 6 }));
    } catch (cause) {
      throw new WorldError(`${this.path} cannot be written (${reason(cause)}).`, { cause });
    }
  }

  private close(): void {
    if (!this.open) return;
    this.open = false;
    closeSync(this.file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function reason(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
