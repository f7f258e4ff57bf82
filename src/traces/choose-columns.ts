import { closest } from '../domain/did-you-mean.js';
import { InputError } from '../domain/errors.js';
import type { CsvTraceOptions } from './csv-trace-options.js';
import { stampReader } from './stamp-reader.js';

/** Which columns of a CSV file hold time and value; indices count from 0. */
export interface ChosenColumns {
  readonly time: number;
  readonly value: number;
  /** Names of the columns; null where the first record is already data. */
  readonly header: readonly string[] | null;
  /** True for a column that the user did not name. */
  readonly timeGuessed: boolean;
  readonly valueGuessed: boolean;
}

/** Usual names, the likeliest first; what is bracketed or in parentheses behind a name, as `[ms]`, does not count. */
const usualTime = 'timestamp timestamp_s time datetime date period ts start unix epoch end_timestamp minute hour'.split(
  ' ',
);
const usualValue =
  'value count requests requests/s requests_per_second rps qps rate request_count requestcount invocations hits y'.split(
    ' ',
  );

/**
 * Finds the columns of time and value from the first record and the user's words.
 *
 * Throws InputError where a column is not there or none looks like it, with the columns found.
 */
export function chooseColumns(first: readonly string[], options: CsvTraceOptions, source: string): ChosenColumns {
  const time = options.columns?.time;
  const value = options.columns?.value;
  const header = isData(first, options) ? null : first;
  const find = (wanted: string | number) => columnOf(wanted, first, header, source);
  const timeIndex = time === undefined ? guessTime(first, header, source) : find(time);
  const valueIndex = value === undefined ? guessValue(first, header, timeIndex, source) : find(value);
  return {
    time: timeIndex,
    value: valueIndex,
    header,
    timeGuessed: time === undefined,
    valueGuessed: value === undefined,
  };
}

/** A first record is data where its time column already reads as a timestamp; columns asked for by name mean a header. */
function isData(first: readonly string[], options: CsvTraceOptions): boolean {
  const { time = 1, value = 2 } = options.columns ?? {};
  if (typeof time === 'string' || typeof value === 'string') return false;
  return stampReader(first[time - 1] ?? '', options.timestamps, options.zone) !== null;
}

function columnOf(wanted: string | number, first: readonly string[], header: readonly string[] | null, source: string) {
  const index =
    typeof wanted === 'number'
      ? wanted - 1
      : (header ?? []).findIndex((name) => name.toLowerCase() === wanted.toLowerCase());
  if (Number.isInteger(index) && index >= 0 && index < first.length) return index;
  const meant = typeof wanted === 'number' ? null : closest(wanted, header ?? []);
  throw new InputError(
    { source, line: 1 },
    `column ${JSON.stringify(wanted)} must be one of the ${first.length} columns, was not found`,
    `${found(first)}${meant === null ? '' : ` Did you mean ${JSON.stringify(meant)}?`}`,
  );
}

function guessTime(first: readonly string[], header: readonly string[] | null, source: string): number {
  if (header === null) return 0;
  const index = usual(header, usualTime);
  if (index !== null) return index;
  throw new InputError(
    { source, line: 1 },
    'a column with the time must be recognisable by its name, none was',
    `Name it with columns: { time: NAME }. ${found(first)}`,
  );
}

function guessValue(first: readonly string[], header: readonly string[] | null, time: number, source: string): number {
  if (header === null && first.length > 1) return 1;
  const index = header === null ? null : (usual(header, usualValue) ?? (header.length === 2 ? 1 - time : null));
  if (index !== null && index !== time) return index;
  throw new InputError(
    { source, line: 1 },
    'a column with the value must be recognisable by its name, none was',
    `Name it with columns: { value: NAME }. ${found(first)}`,
  );
}

function usual(header: readonly string[], names: readonly string[]): number | null {
  const bare = header.map((name) => name.toLowerCase().replace(/\s*[[(].*$/, ''));
  const name = names.find((candidate) => bare.includes(candidate));
  return name === undefined ? null : bare.indexOf(name);
}

function found(first: readonly string[]): string {
  const shown = first.slice(0, 20).map((name) => JSON.stringify(name));
  return `Columns found: ${shown.join(', ')}${first.length > 20 ? `, and ${first.length - 20} more` : ''}.`;
}
