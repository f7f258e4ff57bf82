import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError, WorldError } from '../domain/errors.js';

/** How a file is written. */
export interface NewFile {
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  readonly text: string;
  /** Whether a file that is there may be replaced. */
  readonly replace: boolean;
  /** Tells concurrent writers apart. */
  readonly id: number;
}

/** Writes a file under a temporary name beside it and moves it there when it is complete. Throws InputError where one stands there already. */
export async function writeNewFile({ path, shown, text, replace, id }: NewFile): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isFile()) throw new InputError({ source: shown }, 'must be a file, was a folder');
  if (found !== null && !replace) {
    throw new InputError({ source: shown }, 'is there already', 'Choose another name, or replace it with --force.');
  }
  const staging = join(dirname(path), `.${basename(path)}.${id}.part`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(staging, text, { flag: 'wx' });
    await rename(staging, path);
  } catch (cause) {
    await rm(staging, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WorldError(`The file ${shown} cannot be written: ${reason}`, { cause });
  }
}
