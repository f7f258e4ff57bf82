import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError } from '../../domain/errors.js';
import type { ManifestSource } from './import-options.js';

/** Larger than any rendered chart. */
const MOST_BYTES = 32_000_000;
/** More than any folder of manifests; a home directory has more. */
const MOST_FILES = 5_000;

/** Names of standard input. */
const standardInput: ReadonlySet<string> = new Set(['-', '/dev/stdin']);

/** Where paths start from, and what stands for `-`. */
export interface SourceSurroundings {
  readonly directory: string;
  /** All of standard input. */
  standardInput(): Promise<string>;
}

/**
 * Reads the manifests that a command line names: files, folders with all below them, and `-` for standard input.
 *
 * In a folder only .yaml, .yml and .json files that name a kind count, hidden ones and node_modules do not. Throws InputError for
 * what is not there, is not text, or is too large.
 */
export async function readManifestSources(
  paths: readonly string[],
  surroundings: SourceSurroundings,
): Promise<readonly ManifestSource[]> {
  const sources: ManifestSource[] = [];
  for (const path of paths) {
    if (standardInput.has(path)) sources.push({ name: 'standard input', text: await surroundings.standardInput() });
    else sources.push(...(await readPath(path, surroundings.directory)));
  }
  return sources;
}

async function readPath(path: string, directory: string): Promise<readonly ManifestSource[]> {
  const whole = resolve(directory, path);
  const found = await stat(whole).catch(() => null);
  if (found === null) {
    throw new InputError(
      { source: path },
      'cannot be read: there is no such file',
      'Give files or folders of manifests.',
    );
  }
  if (!found.isDirectory()) return [await readSource(whole, path)];
  const files = await filesBelow(whole, path);
  const sources = await Promise.all(files.map((file) => readSource(resolve(directory, file), file)));
  const manifests = sources.filter(({ text }) => /^\s*"?kind"?\s*:/m.test(text) || /"kind"\s*:/.test(text));
  if (manifests.length > 0) return manifests;
  const held = files.length === 0 ? 'no YAML or JSON file' : `${files.length} YAML or JSON files without a kind`;
  throw new InputError(
    { source: path },
    `must hold manifests of Kubernetes, held ${held}`,
    'Name the folder of what kubectl applies; a chart is rendered first: helm template . | hindcast import -',
  );
}

async function filesBelow(whole: string, shown: string): Promise<readonly string[]> {
  const entries = await readdir(whole, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(shown, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(join(whole, entry.name), path)));
    else if (/\.(ya?ml|json)$/.test(entry.name)) files.push(path);
    if (files.length > MOST_FILES) {
      throw new InputError({ source: shown }, `must hold at most ${MOST_FILES} YAML and JSON files, held more`);
    }
  }
  return files;
}

async function readSource(path: string, name: string): Promise<ManifestSource> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new InputError({ source: name }, `cannot be read (${code})`);
  });
  if (bytes.length > MOST_BYTES) {
    throw new InputError({ source: name }, `must be at most ${MOST_BYTES} bytes, was ${bytes.length}`);
  }
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new InputError({ source: name }, 'must be text in UTF-8, was binary', 'Give YAML or JSON.');
  }
}
