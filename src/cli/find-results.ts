import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { closest } from '../domain/did-you-mean.js';
import { InputError } from '../domain/errors.js';
import type { CliIo } from './cli-io.js';

/** The results of one choice: one file, or a file a seed. */
export interface FoundResults {
  /** As the user knows it: a name under reports/, a folder, `NAME/VARIANT`. */
  readonly name: string;
  readonly files: readonly string[];
}

const RESULT = 'result.json';
const seedFolder = /^(.+)-\d+$/;

/**
 * Finds finished runs by a result.json, a folder of a report, its name under reports/, or the folder of a run with variants and seeds,
 * whose reports lie in NAME/VARIANT-SEED: each variant is a choice of its own, and NAME/VARIANT names one of them.
 *
 * Throws InputError where there is none.
 */
export async function findResults(name: string, io: Pick<CliIo, 'cwd'>): Promise<readonly FoundResults[]> {
  let present: string | null = null;
  for (const shown of [name, join('reports', name)]) {
    const path = resolve(io.cwd, shown);
    const found = existsSync(path) ? await resultsAt(path, plainName(name)) : await seedsOf(path, plainName(name));
    if (found.length > 0) return found;
    // A folder of manifests may have the name of the run that was made of it.
    if (existsSync(path)) present ??= shown;
  }
  if (present !== null) {
    throw new InputError(
      { source: present },
      'must be the folder of a report, had no result.json',
      'Run the scenario again: hindcast run SCENARIO.',
    );
  }
  const reports = resolve(io.cwd, 'reports');
  const known = await readdir(reports).catch(() => []);
  const inside = await Promise.all(known.map((folder) => variantsIn(join(reports, folder), folder)));
  const meant = closest(name, [...known, ...inside.flat().map((one) => one.name)]);
  throw new InputError(
    { source: name },
    'must be a finished run: a result.json, the folder of a report or its name under reports/, was none of them',
    meant === null ? 'Run a scenario first: hindcast run scenarios/quickstart.yaml.' : `Did you mean ${meant}?`,
  );
}

async function resultsAt(path: string, name: string): Promise<readonly FoundResults[]> {
  if (statSync(path).isFile()) return [{ name, files: [path] }];
  const variants = await variantsIn(path, name);
  if (variants.length > 0) return variants.length === 1 ? [{ ...variants[0], name }] : variants;
  const file = join(path, RESULT);
  return existsSync(file) ? [{ name, files: [file] }] : [];
}

/** `NAME/VARIANT` where NAME/VARIANT-1, NAME/VARIANT-2, ... are there. */
async function seedsOf(path: string, name: string): Promise<readonly FoundResults[]> {
  const variants = await variantsIn(dirname(path), dirname(name));
  return variants.filter((one) => basename(one.name) === basename(path)).map(({ files }) => ({ name, files }));
}

async function variantsIn(folder: string, name: string): Promise<readonly FoundResults[]> {
  const inside = await readdir(folder).catch(() => []);
  const files = new Map<string, string[]>();
  for (const one of inside.sort()) {
    const variant = seedFolder.exec(one)?.[1];
    const file = join(folder, one, RESULT);
    if (variant === undefined || !existsSync(file)) continue;
    files.set(variant, [...(files.get(variant) ?? []), file]);
  }
  return [...files].map(([variant, of]) => ({ name: join(name, variant), files: of }));
}

/** `sale` of `reports/sale/` and of `reports/sale/result.json`. */
function plainName(name: string): string {
  const plain = name.replace(/\/+$/, '').replace(new RegExp(`/${RESULT}$`), '');
  return plain.replace(/^(\.\/)?reports\/(?=.)/, '');
}
