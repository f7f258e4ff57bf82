import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WorldError } from '../domain/errors.js';

/**
 * Writes beside the final name, brings it to the disk, and renames: readers see the old file or the whole new one.
 *
 * Answers with the path; throws a WorldError where the disk refuses.
 */
export async function writeWhole(dir: string, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir, name);
  const unfinished = join(dir, `.${name}.${process.pid}.part`);
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    return path;
  } catch (cause) {
    await rm(unfinished, { force: true });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new WorldError(`${path} cannot be written (${code}).`, { cause });
  }
}
