import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
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

const JOURNAL = 'journal.jsonl.gz';

/**
 * Finds a run by its folder, by its name under reports/ (`NAME`, or `NAME/VARIANT` where there are several), or by its journal. Of several
 * seeds of a variant the lowest is meant where none is named. Throws InputError where there is none.
 */
export async function findRun(name: string, io: Pick<CliIo, 'cwd'>): Promise<FoundRun> {
  let present: string | null = null;
  for (const shown of [name, join('reports', name)]) {
    const path = resolve(io.cwd, shown);
    if (existsSync(path)) {
      if (statSync(path).isFile()) return { shown, journal: path, folder: null };
      // A folder of manifests may have the name of the run that was made of it.
      if (await holdsRuns(path)) return inFolder(shown, path);
      present ??= shown;
      continue;
    }
    const seeded = await lowestSeed(path);
    if (seeded !== null) return inFolder(join(dirname(shown), seeded), join(dirname(path), seeded));
  }
  throw present === null ? await notFound(name, io) : noReport(present);
}

async function holdsRuns(folder: string): Promise<boolean> {
  return existsSync(join(folder, JOURNAL)) || (await runsIn(folder)).length > 0;
}

function noReport(shown: string): InputError {
  return new InputError(
    { source: shown },
    `must be the folder of a report, had no ${JOURNAL}`,
    'Run the scenario again: hindcast run SCENARIO.',
  );
}

async function inFolder(shown: string, folder: string): Promise<FoundRun> {
  const journal = join(folder, JOURNAL);
  if (existsSync(journal)) return { shown, journal, folder };
  const runs = await runsIn(folder);
  const known = runs.map((run) => `${basename(folder)}/${run}`).join(', ');
  throw new InputError({ source: shown }, 'must be one run, was a folder of several', `Name one of them: ${known}.`);
}

/** Names of the folders inside that hold the report of a run. */
async function runsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.') && existsSync(join(folder, name, JOURNAL))).sort();
}

/** `eager-3` for `eager`, where only runs of several seeds are there. */
async function lowestSeed(path: string): Promise<string | null> {
  const prefix = `${basename(path)}-`;
  const seeds = (await runsIn(dirname(path)))
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .sort((a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)));
  return seeds.at(0) ?? null;
}

/** A name without its last part may be known, and then its runs are what was meant. */
async function notFound(name: string, { cwd }: Pick<CliIo, 'cwd'>): Promise<InputError> {
  const parent = dirname(name);
  const siblings = parent === '.' ? [] : await runsIn(resolve(cwd, 'reports', parent));
  const known = siblings.length > 0 ? siblings.map((run) => `${parent}/${run}`) : await readReports(cwd);
  const meant = closest(name, known);
  const several = siblings.length > 0 ? `Known are ${known.join(', ')}.` : '';
  const hint =
    meant !== null
      ? `Did you mean ${meant}?`
      : several || 'Run a scenario first: hindcast run scenarios/quickstart.yaml.';
  return new InputError(
    { source: name },
    'must be the folder of a report or its name under reports/, was neither',
    hint,
  );
}

async function readReports(cwd: string): Promise<readonly string[]> {
  return (await readdir(resolve(cwd, 'reports')).catch(() => [])).filter((name) => !name.startsWith('.'));
}
