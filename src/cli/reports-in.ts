import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../domain/errors.js';

/** A folder as the user asked for it. */
export interface FolderWish {
  /** As the user knows it. */
  readonly shown: string;
  /** Whether it may hold something else than reports. */
  readonly force: boolean;
}

/** Files by which a report, or an overview of several, is known. */
const marks = ['result.json', 'journal.jsonl.gz', 'runs.json'] as const;
/** Of what is in the way, so many are named. */
const NAMED = 3;

/**
 * Whether a folder holds a report or the reports of several runs; a folder that is empty or not there holds none.
 *
 * Throws InputError where it holds something else, unless that is forced: files of a report among others are hard to find again.
 */
export async function requireReportsFolder(path: string, { shown, force }: FolderWish): Promise<boolean> {
  const inside = (await readdir(path).catch(() => [])).filter((name) => !name.startsWith('.'));
  if (isReport(path) || inside.some((name) => isReport(join(path, name)))) return true;
  // A scenario that is run where it lies may have its report beside it.
  const foreign = inside.filter((name) => name !== 'scenario.yaml').sort();
  if (foreign.length === 0 || force) return false;
  const more = foreign.length > NAMED ? `, and ${foreign.length - NAMED} more` : '';
  throw new InputError(
    { source: shown },
    `must be an empty folder or hold an earlier report, held ${foreign.slice(0, NAMED).join(', ')}${more}`,
    'Choose another folder with --out, or write the report among them with --force.',
  );
}

function isReport(folder: string): boolean {
  return marks.some((name) => existsSync(join(folder, name)));
}
