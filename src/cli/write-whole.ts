import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WorldError } from '../domain/errors.js';

/** Writes a file beside its name and renames it: there is the old file or the whole new one. Throws WorldError where the disk refuses. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new WorldError(`${path} cannot be written (${code}).`, { cause });
  }
}
