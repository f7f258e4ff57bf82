import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** How a server on this machine treats one request. */
export interface Behaviour {
  /** Bytes after which the connection is cut, when the other side has had time to take them. */
  readonly cutAfter?: number;
  /** Whether ranges are honoured; yes by default. */
  readonly ranges?: boolean;
  readonly status?: number;
}

/** What was asked for. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
}

/** A server of one content on this machine; the behaviours apply to one request after the other, then it behaves. */
export async function rangeServer(
  content: Buffer,
  behaviours: readonly Behaviour[],
): Promise<{ address: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { cutAfter, ranges = true, status } = behaviours[asked.length] ?? {};
    const range = request.headers.range;
    asked.push({ path: request.url ?? '', range });
    if (status !== undefined) {
      response.writeHead(status).end('no');
      return;
    }
    const from = range === undefined || !ranges ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
    const rest = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    if (cutAfter === undefined) response.end(rest);
    else response.write(rest.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 300));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
