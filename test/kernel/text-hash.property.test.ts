import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextHash } from '../../src/kernel/text-hash.js';

describe('TextHash', () => {
  test('parts add up to the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (parts) => {
        const hash = new TextHash();
        for (const part of parts) hash.add(part);
        expect(hash.hex()).toBe(new TextHash().add(parts.join('')).hex());
        expect(hash.hex()).toMatch(/^[0-9a-f]{32}$/);
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test('reading it changes nothing', () => {
    const hash = new TextHash().add('a');
    hash.hex();
    expect(hash.add('b').hex()).toBe(new TextHash().add('ab').hex());
  });

  test('texts that differ little differ in every word', () => {
    const texts = Array.from({ length: 30_000 }, (_, i) => `web-${i}`);
    for (let word = 0; word < 4; word += 1) {
      const words = new Set(texts.map((text) => new TextHash().add(text).words()[word]));
      expect(words.size).toBeGreaterThan(texts.length - 6);
    }
    expect(new TextHash().add('ab').hex()).not.toBe(new TextHash().add('ba').hex());
    expect(new TextHash().add('').hex()).not.toBe(new TextHash().add('\u0000').hex());
  });
});
