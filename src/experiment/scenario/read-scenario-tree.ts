import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { InputError } from '../../domain/errors.js';
import { extendedTree } from './extended-tree.js';
import { parseScenarioText } from './parse-scenario-text.js';
import { readTextFile } from './read-text-file.js';
import type { SourceTree } from './source-tree.js';
import { valueAt } from './tree.js';

/** Files that may stand behind one another. */
const LONGEST_CHAIN = 8;

/**
 * Reads a scenario and the files it extends, and merges them: every value keeps the file and the line where it was written.
 *
 * With `text`, that is what the file will hold. Throws InputError for a file that cannot be read or parsed, for a chain that leads back to
 * itself and for one that is too long.
 */
export async function readScenarioTree(file: string, text?: string): Promise<SourceTree> {
  const own = parseScenarioText(text ?? (await readTextFile(file, file)), file);
  return withExtended(own, [file]);
}

async function withExtended(tree: SourceTree, chain: readonly string[]): Promise<SourceTree> {
  const path = ['extends'];
  const named = valueAt(tree.value, path);
  if (named === undefined) return tree;
  if (typeof named !== 'string' || named === '') {
    return tree.reject(path, 'must be the path of a scenario file', 'For example extends: ./shop.yaml.');
  }
  const file = isAbsolute(named) ? named : join(dirname(tree.file), named);
  const shown = [...chain, file].join(' -> ');
  if (chain.length >= LONGEST_CHAIN) {
    return tree.reject(path, `must not lead through more than ${LONGEST_CHAIN} files: ${shown}`);
  }
  const text = await readExtended(file, tree);
  if (await isAmong(file, chain)) {
    return tree.reject(path, `must not lead back to a file that extends this one: ${shown}`, 'Break the circle.');
  }
  return extendedTree(await withExtended(parseScenarioText(text, file), [...chain, file]), tree);
}

/** A file that is not there is a mistake on the line that names it. */
async function readExtended(file: string, tree: SourceTree): Promise<string> {
  try {
    return await readTextFile(file, file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return tree.reject(
      ['extends'],
      `must name a scenario file, but ${file} ${error.problem}`,
      'Paths start at the file that names them.',
    );
  }
}

async function isAmong(file: string, chain: readonly string[]): Promise<boolean> {
  const real = await realpath(file);
  const all = await Promise.all(chain.map((one) => realpath(one)));
  return all.includes(real);
}
