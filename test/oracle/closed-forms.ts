import { readFileSync } from 'node:fs';

/** A reference row: its parameters and values by name. */
export type ReferenceRow = Readonly<Record<string, unknown>>;

/** The families of a reference file. */
export type ClosedForms = Readonly<Record<string, readonly ReferenceRow[]>>;

/** Reads a reference file; an error says which file, and what is wrong with it. */
export function readClosedForms(file: string): ClosedForms {
  const parsed = parse(file);
  if (!isRecord(parsed)) throw new TypeError(`${file}: must be a JSON object of families`);
  const families = Object.entries(parsed).filter((entry): entry is [string, ReferenceRow[]] => Array.isArray(entry[1]));
  return Object.fromEntries(families);
}

/** A number of a row. */
export function numberOf(row: ReferenceRow, key: string): number {
  const value = row[key];
  if (typeof value !== 'number')
    throw new TypeError(`a reference row has no number \`${key}\`: ${JSON.stringify(row)}`);
  return value;
}

/** A text of a row. */
export function textOf(row: ReferenceRow, key: string): string {
  const value = row[key];
  if (typeof value !== 'string') throw new TypeError(`a reference row has no text \`${key}\`: ${JSON.stringify(row)}`);
  return value;
}

/** Numbers by name inside a row. */
export function numbersOf(row: ReferenceRow, key: string): readonly (readonly [string, number])[] {
  const value = row[key];
  if (!isRecord(value)) throw new TypeError(`a reference row has no numbers \`${key}\`: ${JSON.stringify(row)}`);
  return Object.entries(value).map(([name, inner]) => [name, Number(inner)]);
}

/** The named parameters of a row. */
export function parametersOf(row: ReferenceRow, keys: readonly string[]): Record<string, number | string> {
  const entries = keys.map((key) => [key, row[key]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, number | string] => entry[1] !== undefined));
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TypeError(
      `${file}: must be a JSON file of reference values: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
