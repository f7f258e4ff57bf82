import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A text file of the product. */
export interface ProductFile {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Installed, generated or private: what git ignores or keeps for itself. */
const skippedFolders = new Set(['.git', 'node_modules', 'dist', 'coverage', 'reports']);
const skippedNames = /(-changed\.json|\.tsbuildinfo)$/;

/** Every file under a folder of the repository, sorted by path; a walk, not `git ls-files`, so that it works in an unpacked archive too. */
export function filesUnder(folder: string, extensions: RegExp): ProductFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(root, folder, entry.name);
      const fromRoot = relative(root, path).split(sep).join('/');
      if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesUnder(fromRoot, extensions);
      const wanted = entry.isFile() && extensions.test(entry.name) && !skippedNames.test(entry.name);
      return wanted ? [{ path: fromRoot, text: readFileSync(path, 'utf8') }] : [];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Lines of a file, not counting the empty one after the last line break. */
export function lineCount(file: ProductFile): number {
  return file.text.replace(/\n$/, '').split('\n').length;
}
