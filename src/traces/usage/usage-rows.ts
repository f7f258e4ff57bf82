import { InputError } from '../../domain/errors.js';
import { GrowingNumbers } from '../growing-numbers.js';
import { type UsageLayout, usageLayout } from './usage-layout.js';
import type { UsageTraceOptions } from './usage-trace.js';

/** Stamps from here on are milliseconds: in seconds they would lie in the year 5138. */
const leastMillis = 1e11;

/** Collects the rows of a usage recording, whose first row is its header. */
export class UsageRows {
  /** As written: seconds, or milliseconds where they are too large for seconds. */
  readonly times = new GrowingNumbers();
  readonly cpu: GrowingNumbers[] = [];
  readonly memory: GrowingNumbers[] = [];
  private known: UsageLayout | null = null;
  private width = 0;

  constructor(
    private readonly source: string,
    private readonly options: UsageTraceOptions,
  ) {}

  /** How columns are read; throws InputError where there was no row at all. */
  get layout(): UsageLayout {
    if (this.known !== null) return this.known;
    throw new InputError({ source: this.source }, 'must hold a usage recording, was empty', shapes);
  }

  /** Factor from times as written to microseconds. */
  get timeFactor(): number {
    return this.times.length > 0 && this.times.last >= leastMillis ? 1e3 : 1e6;
  }

  /** Takes one row. */
  accept(fields: readonly string[], line: number): void {
    if (this.known === null) {
      this.readHeader(fields, line);
      return;
    }
    const row = this.numbers(fields, line);
    this.requireLater(row[0], line);
    this.times.push(row[0]);
    this.known.series.forEach(({ cpuMillis, memoryMiB }, index) => {
      this.cpu[index].push(cpuMillis(row));
      if (memoryMiB !== null) this.memory[index].push(memoryMiB(row));
    });
  }

  private readHeader(fields: readonly string[], line: number): void {
    this.known = usageLayout(fields, this.options);
    if (this.known === null) {
      const found = `the columns ${fields.slice(0, 6).join(', ')}`;
      throw new InputError(
        { source: this.source, line },
        `must be a recording of usage that is known, had ${found}`,
        shapes,
      );
    }
    this.width = fields.length;
    this.cpu.push(...this.known.series.map(() => new GrowingNumbers()));
    this.memory.push(...this.known.series.map(() => new GrowingNumbers()));
  }

  private numbers(fields: readonly string[], line: number): readonly number[] {
    if (fields.length !== this.width) {
      throw new InputError(
        { source: this.source, line },
        `must have ${this.width} columns as the header, had ${fields.length}`,
      );
    }
    return fields.map((field) => {
      if (field === '') return Number.NaN;
      const value = Number(field);
      if (Number.isFinite(value) && value >= 0) return value;
      throw new InputError(
        { source: this.source, line },
        `must be a number not below 0 or empty, was ${JSON.stringify(field)}`,
      );
    });
  }

  private requireLater(time: number, line: number): void {
    if (Number.isFinite(time) && (this.times.length === 0 || time > this.times.last)) return;
    const found = Number.isFinite(time) ? `${time} after ${this.times.last}` : 'nothing';
    throw new InputError(
      { source: this.source, line },
      `times must rise, was ${found}`,
      'Sort the file by its first column.',
    );
  }
}

const shapes =
  'Known are Bitbrains (GWA-T-12), columns timestamp_s,value,mem_used_kb or timestamp_s,value,mem_util_percent, and tables with a column for each machine.';
