import { InputError } from '../../domain/errors.js';
import { isoTime } from '../iso-time.js';
import type { LogFormat } from './log-format.js';

/** Ten years: a log that spans more holds a wrong clock. */
const LONGEST_SPAN_MICROS = 10 * 366 * 86_400e6;
/** Above this share of broken lines the format is the wrong one. */
const MOST_BROKEN = 0.5;

/** An instant and the line it was read from. */
interface Stamp {
  readonly micros: number;
  readonly line: number;
}

/** What became of every line of a log: read, broken or blank, and whether it stood in order. */
export class LogTally {
  read = 0;
  blank = 0;
  broken = 0;
  firstBroken: { readonly line: number; readonly text: string } | null = null;
  unordered = 0;
  firstUnordered: number | null = null;
  furthestBackMicros = 0;
  private earliest: Stamp | null = null;
  private latest: Stamp | null = null;

  constructor(
    private readonly source: string,
    private readonly format: LogFormat,
  ) {}

  countBroken(text: string, line: number): void {
    this.broken += 1;
    this.firstBroken ??= { line, text };
  }

  /** Counts a line that was read. Throws InputError where it lies ten years from another. */
  countRead(micros: number, line: number): void {
    this.read += 1;
    if (this.latest !== null && micros < this.latest.micros) this.countUnordered(this.latest.micros - micros, line);
    if (this.latest === null || micros > this.latest.micros) this.latest = { micros, line };
    if (this.earliest === null || micros < this.earliest.micros) this.earliest = { micros, line };
    if (this.latest.micros - this.earliest.micros > LONGEST_SPAN_MICROS) throw this.tooLong(this.earliest, this.latest);
  }

  /** Call after the last line. Throws InputError where the file is no log of this format. */
  requireLog(): void {
    const lines = this.read + this.broken;
    if (lines === 0)
      throw new InputError(
        { source: this.source },
        'must be an access log, was empty',
        'Give a log with a line for every request.',
      );
    if (this.firstBroken === null || this.broken <= MOST_BROKEN * lines) return;
    const { line, text } = this.firstBroken;
    throw new InputError(
      { source: this.source, line },
      `must be a line of the ${this.format.name} log format, was ${excerpt(text)} (${this.broken} of ${lines} lines are not)`,
      "Give the log's own format: --log-format '$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent $request_time', or logFormat: in a scenario.",
    );
  }

  private countUnordered(back: number, line: number): void {
    this.unordered += 1;
    this.firstUnordered ??= line;
    this.furthestBackMicros = Math.max(this.furthestBackMicros, back);
  }

  private tooLong(earliest: Stamp, latest: Stamp): InputError {
    return new InputError(
      { source: this.source, line: Math.max(earliest.line, latest.line) },
      `must lie within ten years of the other lines, was ${isoTime(earliest.micros)} (line ${earliest.line}) and ${isoTime(latest.micros)} (line ${latest.line})`,
      'Remove the line with the wrong clock.',
    );
  }
}

/** The beginning of a line, as a message shows it. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
