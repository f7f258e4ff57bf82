import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { InputError } from '../domain/errors.js';

/** The lines of a journal file, plain or gzip, one after the other. Throws InputError where it cannot be read to its end. */
export async function* journalLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const failures: Error[] = [];
  const fail = (error: Error): void => {
    failures.push(error);
    lines.close();
  };
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const lines = createInterface({ input, crlfDelay: Infinity });
  file.once('error', fail);
  input.once('error', fail);
  let count = 0;
  try {
    for await (const line of lines) {
      count += 1;
      yield line;
    }
  } finally {
    file.destroy();
  }
  const failure = failures.at(0);
  if (failure === undefined) return;
  throw new InputError({ source: path, line: count + 1 }, `cannot be read: ${failure.message}`, 'Was the file cut off?');
}
