import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JsonScanner } from '../../../src/traces/prometheus/json-scanner.js';
import { InputError } from '../../../src/domain/errors.js';

/** Every primitive of a value with its path, as the scanner promises them. */
function primitives(value: unknown, path: readonly (string | number)[] = []): unknown[] {
  if (Array.isArray(value)) return value.flatMap((member, i) => primitives(member, [...path, i]));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, member]) => primitives(member, [...path, key]));
  return [[path, value]];
}

function scan(pieces: readonly string[]): unknown[] {
  const seen: unknown[] = [];
  const scanner = new JsonScanner('a.json', (path, value) => seen.push([[...path], value]));
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return seen;
}

it('finds every value of any document, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.array(fc.nat(12), { maxLength: 30 }),
      fc.constantFrom(0, 2),
      (value, cuts, indent) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        const text = JSON.stringify(plain, null, indent);
        const pieces: string[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(text.slice(at, at + cut));
          at += cut;
        }
        expect(scan([...pieces, text.slice(at)])).toEqual(primitives(plain));
      },
    ),
    { seed: 2, numRuns: 1000 },
  );
});

it('takes exactly what JSON.parse takes, and answers anything else with an InputError', () => {
  const scraps = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-2.5e3',
      'true',
      'null',
      ' ',
      '\n',
      '01',
      '"',
      'x',
      '+1',
    ),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(scraps, (letters) => {
      const text = letters.join('');
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        // Several documents in a row are no document, but several.
        const parts = text.trim().split(/\s+/);
        fc.pre(parts.length < 2 && !/[\]}"\d][[{"\w-]/.test(text) && !/[le][[{"\w-]/.test(text));
        fc.pre(text.trim() !== '');
        expect(() => scan([text])).toThrow(InputError);
        return;
      }
      expect(scan([text])).toEqual(primitives(value));
    }),
    { seed: 12, numRuns: 3000 },
  );
});
