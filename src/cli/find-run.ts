import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { closest } from '../domain/did-you-mean.js';
import { InputError } from '../domain/errors.js';
import type { CliIo } from './cli-io.js';

/** A finished run on disk. */
export interface FoundRun {
  /** As messages name it. */
  readonly shown: string;
  readonly journal: string;
  /** The report's folder; null where a journal alone was named. */
  readonly folder: string | null;
}

/** Finds a run by its folder, by its name under reports/, or by its journal. Throws InputError where there is none. */
export async function findRun(name: string, io: Pick<CliIo, 'cwd'>): Promise<FoundRun> {
  for (const shown of [name, join('reports', name)]) {
    const path = resolve(io.cwd, shown);
    if (!existsSync(path)) continue;
    if (statSync(path).isFile()) return { shown, journal: path, folder: null };
    const journal = join(path, 'journal.jsonl.gz');
    if (existsSync(journal)) return { shown, journal, folder: path };
    throw new InputError(
      { source: shown },
      'must be the folder of a report, had no journal.jsonl.gz',
      'Run the scenario again: hindcast run SCENARIO.',
    );
  }
  const known = await readdir(resolve(io.cwd, 'reports')).catch(() => []);
  const meant = closest(name, known);
  const hint =
    meant === null ? 'Run a scenario first: hindcast run scenarios/quickstart.yaml.' : `Did you mean ${meant}?`;
  throw new InputError(
    { source: name },
    'must be the folder of a report or its name under reports/, was neither',
    hint,
  );
}
