import { readFile, stat } from 'node:fs/promises';
import { InputError } from '../../domain/errors.js';

/** Larger than any scenario a person writes. */
const MOST_BYTES = 1_000_000;

/**
 * Reads a small text file of the user's. `shown` is how messages name it.
 *
 * Throws InputError for a file that is missing, a directory, unreadable, too large or not UTF-8 text.
 */
export async function readTextFile(path: string, shown: string): Promise<string> {
  const place = { source: shown };
  const found = await stat(path).catch((error: unknown) => {
    throw new InputError(
      place,
      `cannot be read: ${reasonOf(error)}`,
      'Give the path of a scenario file, as scenarios/quickstart.yaml.',
    );
  });
  if (found.isDirectory()) {
    throw new InputError(place, 'must be a scenario file, was a directory', 'Give the path of a .yaml file inside it.');
  }
  if (!found.isFile()) throw new InputError(place, 'must be a regular file');
  if (found.size > MOST_BYTES) {
    throw new InputError(
      place,
      `must be at most ${MOST_BYTES} bytes, was ${found.size}`,
      'A scenario is a short text; traffic belongs in a trace file that it names.',
    );
  }
  return decode(await readFile(path), shown);
}

function decode(bytes: Uint8Array, shown: string): string {
  const binary = new InputError(
    { source: shown },
    'must be text in UTF-8, was binary',
    'Give the YAML file of a scenario.',
  );
  if (bytes.includes(0)) throw binary;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw binary;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
