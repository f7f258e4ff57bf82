import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readParts, readTrace } from '../../../src/traces/read-trace.js';

/** A log of 40 requests, one a second, every fourth to the cart, which takes ten times as long. */
function ingressLog(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'ingress.log');
  const lines = Array.from({ length: 40 }, (_, i) => {
    const cart = i % 4 === 0;
    const stamp = `04/Mar/2026:08:00:${String(i).padStart(2, '0')} +0000`;
    const took = cart ? '0.100' : '0.010';
    const path = cart ? '/cart/items?id=1' : i % 4 === 1 ? '/carts' : '/';
    return `9.9.9.9 - - [${stamp}] "GET ${path} HTTP/1.1" 200 ${cart ? 3000 : 1000} "-" "curl" 80 0.500 [shop-${cart ? 'cart' : 'web'}-80] [] 10.0.0.1:80 99 ${took} 200 abc`;
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

describe('a log of ingress-nginx', () => {
  test('is recognised, with the time of the service and what it is called', async () => {
    const { notes, recorded } = await readTrace(ingressLog());
    expect(notes[0]).toBe('lines are read as ingress-nginx, one request each');
    expect(recorded?.serviceTime?.from).toBe('$upstream_response_time');
    expect(recorded?.destinations).toEqual({
      paths: true,
      hosts: false,
      upstreams: [
        { name: 'shop-web-80', requests: 30 },
        { name: 'shop-cart-80', requests: 10 },
      ],
    });
  });

  test.each([
    ['by upstream', [{ upstream: 'shop-cart-80' }]],
    ['by path, its query apart', [{ path: '/cart' }]],
  ])('gives parts of the same length %s, and everything once', async (_, cart) => {
    const file = ingressLog();
    const rest = [{ path: '/', except: [{ path: '/cart' }] }];
    const [some, others, none] = await readParts(file, {}, [cart, rest, [{ path: '/nowhere' }]]);
    expect([some?.rows, others?.rows, none]).toEqual([10, 30, null]);
    const whole = await readTrace(file);
    expect(some?.startEpochMicros).toBe(whole.startEpochMicros);
    expect(Array.from(whole.values, (_value, i) => (some?.values[i] ?? 0) + (others?.values[i] ?? 0))).toEqual([
      ...whole.values,
    ]);
    expect(some?.recorded?.responseBytes).toBe(3000);
    expect(others?.recorded?.serviceTime?.quietMedianMicros).toBe(10_000);
    expect((await readTrace(file, { only: cart })).values).toEqual(some?.values);
    expect(some?.notes.join('\n')).toContain('10 of 40 requests are taken');
  });

  test('is refused where nothing is chosen, or by what it does not say', async () => {
    const file = ingressLog();
    await expect(readTrace(file, { only: [{ path: '/nowhere' }] })).rejects.toThrow(
      /only must choose some.*chose none/,
    );
    await expect(readTrace(file, { only: [{ host: 'a.org' }] })).rejects.toThrow(/lines of ingress-nginx say no host/);
    const csv = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'a.csv');
    writeFileSync(csv, 'time,value\n0,1\n60,2\n');
    await expect(readTrace(csv, { only: [{ path: '/' }] })).rejects.toThrow(/only must be an access log/);
  });
});
