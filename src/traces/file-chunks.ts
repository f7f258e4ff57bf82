import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../domain/errors.js';

/**
 * The content of a file in chunks, unpacked if it is gzip (told by its first bytes, not its name); `hash` sees the bytes as they lie on disk.
 *
 * Throws InputError for a file that is missing, unreadable, a directory or broken gzip.
 */
export async function* fileChunks(path: string, hash: Hash): AsyncGenerator<Uint8Array> {
  const zipped = await isGzip(path);
  const raw = hashed(path, hash);
  if (!zipped) {
    yield* raw;
    return;
  }
  const gunzip = createGunzip();
  // An error of either side destroys `gunzip` with it, and the loop below throws it.
  pipeline(Readable.from(raw), gunzip, () => undefined);
  try {
    yield* bytesOf(gunzip);
  } catch (error) {
    if (isZlibError(error))
      throw new InputError({ source: path }, `is not a whole gzip file: ${error.message}`, UNPACK);
    throw error;
  } finally {
    gunzip.destroy();
  }
}

const UNPACK = 'Test it with `gzip -t` and fetch or pack it again.';

async function* hashed(path: string, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytesOf(createReadStream(path))) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    if (chunk instanceof Uint8Array) yield chunk;
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await opened(path);
  try {
    if ((await file.stat()).isDirectory()) {
      throw new InputError(
        { source: path },
        'must be a file, was a directory',
        'Name one file inside it: several logs become one with cat a.log b.log > all.log.',
      );
    }
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function opened(path: string): ReturnType<typeof open> {
  try {
    return await open(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new InputError(
        { source: path },
        'must be an existing file, was not found',
        'Check the path; one on the command line starts at the current folder, one in a scenario at its file.',
      );
    }
    throw new InputError({ source: path }, `cannot be read (${code})`, 'Check its permissions.');
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function isZlibError(error: unknown): error is Error {
  return codeOf(error).startsWith('Z_');
}
