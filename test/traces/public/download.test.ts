import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WorldError } from '../../../src/domain/errors.js';
import { download } from '../../../src/traces/public/download.js';
import { type Behaviour, rangeServer } from './range-server.js';

const content = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251));
const sha256 = createHash('sha256').update(content).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'hindcast-download-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function attempt(name: string, behaviours: readonly Behaviour[], served = content) {
  const { address, asked } = await rangeServer(served, behaviours);
  const path = join(folder, name, 'trace.csv');
  const shares: number[] = [];
  const get = (signal = new AbortController().signal) =>
    download({
      address: `${address}/trace.csv`,
      path,
      bytes: content.length,
      sha256,
      fetch,
      signal,
      onProgress: (share) => shares.push(share),
    });
  return { get, path, part: `${path}.part`, asked, shares };
}

describe('a download', () => {
  it('brings the file whole, once, and tells how far it is', async () => {
    const { get, path, asked, shares } = await attempt('whole', []);
    expect(await get()).toBe('fetched');
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(shares.at(-1)).toBe(1);
    expect(await get()).toBe('present');
    expect(asked).toHaveLength(1);
  });

  it('goes on where the connection broke off, by itself', async () => {
    const { get, path, asked } = await attempt('broken', [{ cutAfter: 30_000 }, { cutAfter: 20_000 }]);
    expect(await get()).toBe('fetched');
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=30000-', 'bytes=50000-']);
  });

  it('goes on in a later call, and starts anew where the server knows no ranges', async () => {
    const { get, path, part, asked } = await attempt('later', [
      { cutAfter: 30_000 },
      { cutAfter: 10_000 },
      { cutAfter: 10_000 },
      { ranges: false },
    ]);
    await expect(get()).rejects.toThrow(
      /broke off.*\n {2}50000 of 100000 bytes are here; the same command goes on from there/,
    );
    expect(statSync(part).size).toBe(50_000);
    expect(existsSync(path)).toBe(false);
    expect(await get()).toBe('fetched');
    expect(asked[3].range).toBe('bytes=50000-');
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(existsSync(part)).toBe(false);
  });

  it.each([
    [
      'of another content',
      Buffer.from(content).fill(0, 500, 501),
      /must have the SHA-256 [0-9a-f]{64}, had [0-9a-f]{64}/,
    ],
    ['that is longer', Buffer.concat([content, Buffer.from('x')]), /must have 100000 bytes, had more/],
  ])('never gives its name to a file %s', async (name, served, message) => {
    const { get, path, part } = await attempt(name, [], served);
    await expect(get()).rejects.toThrow(message);
    await expect(get()).rejects.toThrow(WorldError);
    expect([existsSync(path), existsSync(part)]).toEqual([false, false]);
  });

  it('replaces a file that is not the pinned one', async () => {
    const { get, path } = await attempt('replaced', []);
    await get();
    writeFileSync(path, 'mangled');
    expect(await get()).toBe('fetched');
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('says what the server answered, or that there is none', async () => {
    const { get } = await attempt('refused', [{ status: 404 }]);
    await expect(get()).rejects.toThrow(/answered 404 Not Found\.\n {2}Nothing was fetched/);
    const nowhere = download({
      address: 'http://127.0.0.1:9/x',
      path: join(folder, 'no', 'x'),
      bytes: 5,
      sha256,
      fetch,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await expect(nowhere).rejects.toThrow(/cannot be reached/);
  });

  it('stops when the user interrupts, and keeps what has arrived', async () => {
    const { get, path } = await attempt('interrupted', [{ cutAfter: 30_000 }]);
    const interruption = new AbortController();
    interruption.abort(new Error('interrupted'));
    await expect(get(interruption.signal)).rejects.toThrow('interrupted');
    expect(existsSync(path)).toBe(false);
  });
});
