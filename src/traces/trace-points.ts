import { InputError } from '../domain/errors.js';
import { chooseColumns } from './choose-columns.js';
import type { ChosenColumns } from './choose-columns.js';
import type { CsvTraceOptions } from './csv-trace-options.js';
import { GrowingNumbers } from './growing-numbers.js';
import { stampReader } from './stamp-reader.js';
import type { StampReader } from './stamp-reader.js';

const HOUR_MICROS = 3.6e9;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Collects the records of a CSV file as points of time and value, and stops at the first that is wrong.
 *
 * The first record chooses the columns, the first row of data the notation of time. Times must strictly increase.
 */
export class TracePoints {
  /** Microseconds, since 1970 or since the recording's own start. */
  readonly times = new GrowingNumbers();
  readonly values = new GrowingNumbers();
  /** The line of each point. */
  readonly lines = new GrowingNumbers();
  columns: ChosenColumns | null = null;
  stamps: StampReader | null = null;
  private lastStamp = '';

  constructor(
    private readonly source: string,
    private readonly options: CsvTraceOptions,
    /** Asked at the first record: a comma is the decimal sign only where semicolons separate. */
    private readonly separator: () => string,
  ) {}

  accept(fields: readonly string[], line: number): void {
    if (this.columns === null) {
      this.columns = chooseColumns(fields, this.options, this.source);
      if (this.columns.header !== null) return;
    }
    this.point(fields, line, this.columns);
  }

  private point(fields: readonly string[], line: number, columns: ChosenColumns): void {
    const needed = Math.max(columns.time, columns.value) + 1;
    if (fields.length < needed) {
      throw this.wrong(line, `must have at least ${needed} columns, had ${fields.length}`, 'Mend or remove the line.');
    }
    const time = this.time(fields[columns.time], line);
    const { fromMicros = -Infinity, untilMicros = Infinity } = this.options.between ?? {};
    if (time < fromMicros || time >= untilMicros) return;
    const value = this.value(fields[columns.value], line);
    this.times.push(time);
    this.values.push(value);
    this.lines.push(line);
    this.lastStamp = fields[columns.time];
  }

  private time(text: string, line: number): number {
    this.stamps ??= stampReader(text, this.options.timestamps, this.options.zone);
    const time = this.stamps?.read(text) ?? NaN;
    if (Number.isNaN(time)) {
      throw this.wrong(
        line,
        `the time must be ${this.expectedTime()}, was ${JSON.stringify(text)}`,
        'Choose the column with columns: { time: NAME }, or mend the line.',
      );
    }
    if (this.times.length > 0 && time <= this.times.last) throw this.disorder(text, time, line);
    return time;
  }

  private expectedTime(): string {
    if (this.times.length === 0)
      return 'epoch seconds to nanoseconds, seconds from the start, or a date as 2014-04-10T00:04:00Z';
    return this.stamps?.unit === null ? 'a date, like the line before' : 'a number, like the line before';
  }

  private disorder(text: string, time: number, line: number): InputError {
    const back = this.times.last - time;
    if (back === 0) {
      return this.wrong(
        line,
        `the time must occur once, ${text} occurs twice`,
        'Sum the rows of the same time, or choose one series of the file.',
      );
    }
    const dates = this.stamps?.unit === null;
    const hint =
      dates && back <= HOUR_MICROS
        ? 'Sort the file by time; where a clock was put back for winter, export it in UTC.'
        : 'Sort the file by time.';
    return this.wrong(line, `the time must be after the one before (${this.lastStamp}), was ${text}`, hint);
  }

  private value(text: string, line: number): number {
    const plain = this.separator() === ';' ? text.replace(',', '.') : text;
    const value = number.test(plain) ? Number(plain) : NaN;
    if (!Number.isFinite(value)) {
      const hint =
        'Remove the line, and the gap policy fills its place; or choose the column with columns: { value: NAME }.';
      throw this.wrong(line, `the value must be a finite number, was ${JSON.stringify(text)}`, hint);
    }
    if (value < 0 && this.options.unit !== 'level') {
      throw this.wrong(
        line,
        `the value must be at least 0, was ${text}`,
        'Traffic cannot be negative; a gauge is read with unit: level.',
      );
    }
    return value;
  }

  private wrong(line: number, problem: string, hint: string): InputError {
    return new InputError({ source: this.source, line }, problem, hint);
  }
}
