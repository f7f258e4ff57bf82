import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { InputError } from '../domain/errors.js';

/** The lines of a journal file, plain or gzip, one after the other. Throws InputError where it cannot be read to its end. */
export async function* journalLines(path: string): AsyncGenerator<string> {
  let count = 0;
  let rest = '';
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const chunk of bytesOf(path)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        count += 1;
        yield line;
      }
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError({ source: path, line: count + 1 }, `cannot be read: ${reason}`, 'Was the file cut off?');
  }
  if (rest !== '') yield rest;
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const stream = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.once('error', (error) => stream.destroy(error));
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}
