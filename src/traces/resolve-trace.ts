import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { closest } from '../domain/did-you-mean.js';
import { InputError } from '../domain/errors.js';
import { knownTraces } from './known-traces.js';
import type { KnownTrace } from './known-traces.js';
import { placeOf, publicTraces } from './public/public-traces.js';
import type { PublicTrace } from './public/public-traces.js';

/** Where a named trace lies, or why it does not. */
export type ResolvedTrace =
  | {
      readonly kind: 'present';
      readonly known: KnownTrace;
      readonly path: string;
      /** The publisher's own file, not one of timestamp_s,value; null where it is the latter. */
      readonly original: PublicTrace | null;
    }
  | { readonly kind: 'absent'; readonly known: KnownTrace; readonly sentence: string };

/**
 * Finds a trace of the catalogue in a data directory, as DIR/traces/NAME/NAME.csv or .csv.gz, or as it was fetched from its publisher; `dataDirectory` null means there is none.
 *
 * A file that is not there is an answer, so that a test or a suite of scenarios can skip it by name; a name that the catalogue
 * does not have is an InputError.
 */
export async function resolveTrace(name: string, dataDirectory: string | null): Promise<ResolvedTrace> {
  const known = knownTraces.get(name);
  if (known === undefined) throw unknownName(name);
  if (dataDirectory === null) return { kind: 'absent', known, sentence: absence(known, 'no data directory is set') };
  const plain = join(dataDirectory, 'traces', name, `${name}.csv`);
  for (const path of [plain, `${plain}.gz`]) {
    if (await isFile(path)) return { kind: 'present', known, path, original: null };
  }
  const original = publicTraces.get(name);
  if (original !== undefined) {
    const path = join(dataDirectory, ...placeOf(original));
    if (await isFile(path)) return { kind: 'present', known, path, original };
  }
  return { kind: 'absent', known, sentence: absence(known, `${plain} is not there`) };
}

function absence(known: KnownTrace, why: string): string {
  const fetched = publicTraces.has(known.name) ? `fetch it with: hindcast trace fetch ${known.name}; or ` : '';
  return (
    `Trace ${known.name} is absent: ${why}; ${fetched}get it from github.com/${known.source}, ` +
    `as a CSV of timestamp_s,value every ${known.binSeconds} s, and point HINDCAST_DATA at the folder that holds traces/${known.name}/${known.name}.csv.`
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function unknownName(name: string): InputError {
  const meant = closest(name, knownTraces.keys());
  return new InputError(
    { source: 'trace' },
    `must be a trace of the catalogue, was ${JSON.stringify(name)}`,
    meant === null
      ? `Known are ${[...knownTraces.keys()].join(', ')}; a file of your own is given with file:.`
      : `Did you mean ${meant}?`,
  );
}
