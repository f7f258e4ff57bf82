import type { TourPart } from './tour-tables.js';

/** Where the tables of the tour are kept. */
export const DOCUMENT = 'docs/policies.md';

function marks(part: TourPart): readonly [string, string] {
  return [`<!-- ${part} -->\n`, `\n<!-- end of ${part} -->`];
}

/** The table of a part as the document has it; null where it has none. */
export function tableIn(text: string, part: TourPart): string | null {
  const [begin, end] = marks(part);
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  return from < 0 || to < 0 ? null : text.slice(from + begin.length, to).trim();
}

/** The document with another table of a part. Throws Error where it has no place for it. */
export function withTable(text: string, part: TourPart, table: string): string {
  const [begin, end] = marks(part);
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0)
    throw new Error(`${DOCUMENT} has no place for ${part}: expected ${begin.trim()} and ${end.trim()}`);
  return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
}
