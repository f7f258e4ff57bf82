import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal } from '../../src/kernel/journal.js';
import { TextHash } from '../../src/kernel/text-hash.js';

describe('Journal', () => {
  test('writes one numbered line an entry and hashes exactly what it writes', () => {
    const lines: string[] = [];
    const journal = new Journal((line) => lines.push(line));
    journal.append('fact', { type: 'ticked', at: 15 });
    journal.append('decision', { to: 3 });
    journal.append('command', { replicas: 3 });
    expect(lines).toEqual([
      '{"seq":0,"fact":{"type":"ticked","at":15}}',
      '{"seq":1,"decision":{"to":3}}',
      '{"seq":2,"command":{"replicas":3}}',
    ]);
    expect(journal.entries).toBe(3);
    expect(journal.hex()).toBe(new TextHash().add(lines.map((line) => `${line}\n`).join('')).hex());
  });

  test('any one line that differs changes the hash', () => {
    const body = fc.record({ type: fc.constantFrom('a', 'b'), at: fc.nat() });
    fc.assert(
      fc.property(fc.array(body, { minLength: 1, maxLength: 30 }), fc.nat(), (bodies, n) => {
        const hashes = [0, 1].map((shift) => {
          const journal = new Journal();
          bodies.forEach((one, i) =>
            journal.append('fact', i === n % bodies.length ? { ...one, at: one.at + shift } : one),
          );
          return journal.hex();
        });
        expect(hashes[0]).not.toBe(hashes[1]);
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  test('another body, order or kind gives another hash', () => {
    const hash = (...bodies: readonly object[]): string => {
      const journal = new Journal();
      for (const body of bodies) journal.append('fact', body);
      return journal.hex();
    };
    const other = new Journal();
    other.append('command', { a: 1 });
    const hashes = [
      hash(),
      hash({ a: 1 }),
      hash({ a: 2 }),
      hash({ a: 1 }, { b: 2 }),
      hash({ b: 2 }, { a: 1 }),
      other.hex(),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hash({ a: 1 })).toBe(hash({ a: 1 }));
  });
});
