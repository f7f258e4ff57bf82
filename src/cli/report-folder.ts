import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError, WorldError } from '../domain/errors.js';
import { type FolderWish, requireReportsFolder } from './reports-in.js';

/**
 * A report in the making: everything is written beside the folder it will be, and moved there when it is complete.
 *
 * `discard` leaves nothing behind, not even folders that were made for it.
 */
export class ReportFolder {
  private constructor(
    /** The folder as the user knows it. */
    readonly path: string,
    /** Where files are written meanwhile. */
    readonly staging: string,
    private readonly made: string | undefined,
    /** Whether an earlier report is there. */
    readonly replaces: boolean,
  ) {}

  /**
   * Prepares a folder. `id` tells concurrent runs apart. Throws InputError where a file stands in its place or on the way to it, and where
   * the folder holds something else than a report, unless that is forced.
   */
  static async prepare(
    path: string,
    id: number,
    wish: FolderWish = { shown: path, force: false },
  ): Promise<ReportFolder> {
    const found = await stat(path).catch(() => null);
    if (found !== null && !found.isDirectory()) throw notAFolder(path);
    const replaces = await requireReportsFolder(path, wish);
    const parent = dirname(resolve(path));
    const staging = join(parent, `.${basename(path)}.${id}.part`);
    try {
      const made = await mkdir(staging, { recursive: true });
      return new ReportFolder(path, staging, made, replaces);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
      if (code === 'ENOTDIR' || code === 'EEXIST') throw notAFolder(dirname(path));
      throw new WorldError(`The folder ${path} cannot be made (${code}).`, { cause });
    }
  }

  /** Moves the files to their folder; those of an older report with the same names are replaced. */
  async publish(): Promise<void> {
    await mkdir(this.path, { recursive: true });
    for (const name of await readdir(this.staging)) await rename(join(this.staging, name), join(this.path, name));
    await rmdir(this.staging);
  }

  /** Removes what has been written, and the folders made for it that are empty again. */
  async discard(): Promise<void> {
    await rm(this.staging, { recursive: true, force: true });
    if (this.made === undefined) return;
    const first = resolve(this.made);
    for (let path = dirname(this.staging); path.length >= first.length; path = dirname(path)) {
      const removed = await rmdir(path).then(
        () => true,
        () => false,
      );
      if (!removed) return;
    }
  }
}

function notAFolder(path: string): InputError {
  return new InputError(
    { source: path },
    'must be a folder for the report, was a file',
    'Choose another folder with --out, or move the file away.',
  );
}
