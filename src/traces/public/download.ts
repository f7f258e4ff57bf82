import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WorldError } from '../../domain/errors.js';

/** A file to be fetched, known beforehand to the last byte. */
export interface Download {
  readonly address: string;
  /** Where it goes; the folder is made. */
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** Told the share that is there, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** A connection that breaks off is taken up again this often before the user is asked to. */
const ATTEMPTS = 3;

/**
 * Fetches a file and answers whether there was anything to fetch. What has arrived lies in `PATH.part`, from which this or a later
 * call goes on; only a file with the right hash gets its name.
 *
 * Throws WorldError where the server refuses, breaks off again and again, or holds another file.
 */
export async function download(wanted: Download): Promise<'fetched' | 'present'> {
  if ((await sizeOf(wanted.path)) !== null && (await hashOf(wanted.path)) === wanted.sha256) return 'present';
  const part = `${wanted.path}.part`;
  await mkdir(dirname(wanted.path), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const problem = await continued(wanted, part);
    if (problem === null) break;
    if (attempt < ATTEMPTS) continue;
    const there = (await sizeOf(part)) ?? 0;
    throw new WorldError(
      `${wanted.address} ${problem}.\n  ${there} of ${wanted.bytes} bytes are here; the same command goes on from there.`,
    );
  }
  await verified(wanted, part);
  await rename(part, wanted.path);
  return 'fetched';
}

/** Fetches what is missing; answers what went wrong on the way, null where the file is complete. */
async function continued(wanted: Download, part: string): Promise<string | null> {
  const have = (await sizeOf(part)) ?? 0;
  if (have === wanted.bytes) return null;
  const response = await answerOf(wanted, have < wanted.bytes ? have : 0);
  if (typeof response === 'string') return response;
  if (!response.ok || response.body === null) throw await refusal(wanted, response);
  const goesOn = response.status === 206 && (response.headers.get('content-range') ?? '').startsWith(`bytes ${have}-`);
  return append(wanted, part, { from: goesOn ? have : 0, body: response.body });
}

async function answerOf(wanted: Download, from: number): Promise<Response | string> {
  // Compressed on the way, the bytes of a range would not be those of the file.
  const headers = { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
  try {
    return await wanted.fetch(wanted.address, { headers, signal: wanted.signal, redirect: 'follow' });
  } catch (error) {
    wanted.signal.throwIfAborted();
    return `cannot be reached (${reasonOf(error)})`;
  }
}

async function refusal(wanted: Download, response: Response): Promise<WorldError> {
  await response.body?.cancel();
  return new WorldError(
    `${wanted.address} answered ${response.status} ${response.statusText}`.trimEnd() + '.\n  Nothing was fetched.',
  );
}

async function append(
  wanted: Download,
  part: string,
  { from, body }: { readonly from: number; readonly body: ReadableStream<Uint8Array> },
): Promise<string | null> {
  const file = await open(part, from === 0 ? 'w' : 'a');
  let have = from;
  try {
    for await (const chunk of body) {
      have += chunk.length;
      if (have > wanted.bytes) break;
      await file.write(chunk);
      wanted.onProgress(have / wanted.bytes);
    }
  } catch (error) {
    wanted.signal.throwIfAborted();
    return `broke off (${reasonOf(error)})`;
  } finally {
    await file.close();
  }
  if (have > wanted.bytes) throw await unpinned(wanted, part, `${wanted.bytes} bytes`, 'more');
  return have === wanted.bytes ? null : 'broke off';
}

async function unpinned({ address }: Download, part: string, expected: string, found: string): Promise<WorldError> {
  await rm(part, { force: true });
  return new WorldError(
    `${address} must have ${expected}, had ${found}.\n  It is not the file that was pinned; nothing was kept.`,
  );
}

async function verified(wanted: Download, part: string): Promise<void> {
  const found = await hashOf(part);
  if (found !== wanted.sha256) throw await unpinned(wanted, part, `the SHA-256 ${wanted.sha256}`, found);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk instanceof Uint8Array ? chunk : String(chunk));
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
}

/** The cause of a failed fetch says more than "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
