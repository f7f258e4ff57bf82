import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextHash } from '../../src/kernel/text-hash.js';

/** Entries between two marks. */
const BLOCK = 100;

/** A short rolling hash of the journal after every hundredth entry: enough to say where two journals part without keeping either. */
export function journalMarks(lines: readonly string[]): string[] {
  const hash = new TextHash();
  const marks: string[] = [];
  lines.forEach((line, i) => {
    hash.add(line).add('\n');
    if (i % BLOCK === BLOCK - 1 || i === lines.length - 1) marks.push(hash.hex().slice(0, 8));
  });
  return marks;
}

/** The entries among which a journal first parts from the accepted one, or null where the marks agree. */
export function firstDivergence(name: string, lines: readonly string[]): string | null {
  if (!existsSync(marksFile(name))) return 'there are no accepted marks of this journal';
  const accepted = readFileSync(marksFile(name), 'utf8').trim().split('\n');
  const actual = journalMarks(lines);
  const block = actual.findIndex((mark, i) => mark !== accepted[i]);
  if (block < 0 && actual.length === accepted.length) return null;
  const from = (block < 0 ? actual.length : block) * BLOCK;
  const shown = lines.slice(from, from + BLOCK).map((line) => line.slice(0, 240));
  return `the first divergent entry is among ${from} to ${from + BLOCK - 1}, now:\n${shown.slice(0, 5).join('\n')}`;
}

/** Accepts a journal. */
export function acceptMarks(name: string, lines: readonly string[]): void {
  writeFileSync(marksFile(name), `${journalMarks(lines).join('\n')}\n`);
}

function marksFile(name: string): string {
  return join('test', 'golden', 'journals', `${name}.txt`);
}
