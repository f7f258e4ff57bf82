/** What a field of a schedule may hold. */
export interface FieldSpec {
  /** As messages call it. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Names in place of numbers, the first one for `low`. */
  readonly names: readonly string[];
}

/** Names of the days, Sunday first. */
export const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Names of the months. */
export const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a list of numbers, names, ranges and steps, as cron writes them: `1-5`, `mon,wed`, `0-59/15`, `*`.
 * Returns the values in increasing order without repetition, or a sentence saying what is wrong.
 */
export function parseField(text: string, spec: FieldSpec): number[] | string {
  const values = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const found = parsePart(part, spec);
    if (typeof found === 'string') return found;
    for (const value of found) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function parsePart(part: string, spec: FieldSpec): number[] | string {
  const match = /^(\*|\w+(?:-\w+)?)(?:\/(\d+))?$/.exec(part);
  const step = Number(match?.[2] ?? 1);
  const range = match === null ? null : parseRange(match[1], match[2] !== undefined, spec);
  if (range === null || step === 0) {
    return `${spec.name} must be numbers from ${spec.low} to ${spec.high}${named(spec)}, as lists, ranges or steps, was '${part}'`;
  }
  const values: number[] = [];
  for (let value = range.first; value <= range.last; value += step) values.push(value);
  return values;
}

function parseRange(text: string, stepped: boolean, spec: FieldSpec): { first: number; last: number } | null {
  if (text === '*') return { first: spec.low, last: spec.high };
  const [start, end] = text.split('-');
  const first = parseValue(start, spec);
  // As Vixie cron has it, `5/15` goes from 5 to the end.
  const last = end === undefined ? (stepped ? spec.high : first) : parseValue(end, spec);
  return first === null || last === null || first > last ? null : { first, last };
}

function parseValue(text: string, { low, high, names }: FieldSpec): number | null {
  const name = names.indexOf(text);
  if (name >= 0) return low + name;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= low && value <= high ? value : null;
}

function named({ names }: FieldSpec): string {
  return names.length === 0 ? '' : ` or ${names.slice(0, 2).join(', ')}, ...`;
}
