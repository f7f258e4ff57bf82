import { link, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError, WorldError } from '../domain/errors.js';

/** A file that is not there yet. */
export interface NewFile {
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  readonly text: string;
}

/** Writes files that must not exist yet: all of them or none. Throws InputError where one is there, and leaves that one as it is. */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const file of files) {
      await writeNew(file);
      written.push(file.path);
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}

/** A link, unlike a rename, never replaces what stands in its place, however late it came there. */
async function writeNew({ path, shown, text }: NewFile): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await writeFile(unfinished, text, { flag: 'wx' });
    await link(unfinished, path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'EEXIST') {
      throw new InputError({ source: shown }, 'must not exist yet, was there', 'Choose another name, or move it away.');
    }
    throw new WorldError(`${shown} cannot be written (${code}).`, { cause });
  } finally {
    await rm(unfinished, { force: true });
  }
}
