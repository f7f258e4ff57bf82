import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WorldError } from '../domain/errors.js';

/** Packages in the order in which a page has to load them, and their minified builds beside their entry points. */
const BUILDS = [
  ['vega', 'vega.min.js'],
  ['vega-lite', 'vega-lite.min.js'],
  ['vega-embed', 'vega-embed.min.js'],
] as const;

/** Sources of vega, vega-lite and vega-embed for a page to carry inside, from the installed packages. Throws a WorldError where one is missing. */
export async function vegaSources(): Promise<readonly string[]> {
  const { resolve } = createRequire(import.meta.url);
  return Promise.all(
    BUILDS.map(async ([name, file]) => {
      try {
        return await readFile(join(dirname(resolve(name)), file), 'utf8');
      } catch (cause) {
        throw new WorldError(`The chart library ${name} is not installed: run npm ci.`, { cause });
      }
    }),
  );
}
