import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closest } from '../../src/domain/did-you-mean.js';

const words = ['replicas', 'requests', 'resources', 'timeout', 'to'];
const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'E'), maxLength: 9 });

/** Distance by the recursive definition, where the code fills a table. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return distance(restA, restB);
  const edits = [distance(restA, b), distance(a, restB), distance(restA, restB)];
  if (a[0] === b[1] && a[1] === b[0]) edits.push(distance(a.slice(2), b.slice(2)));
  return 1 + Math.min(...edits);
}

describe('closest', () => {
  test.each([
    ['replicsa', 'replicas'],
    ['replica', 'replicas'],
    ['REPLICAS', 'replicas'],
    ['rqeuests', 'requests'],
    ['tiemout', 'timeout'],
    ['tooo', null],
    ['too', 'to'],
    ['memory', null],
    ['', null],
  ])('%j was meant as %j', (word, meant) => {
    expect(closest(word, words)).toBe(meant);
  });

  test('a word that is a candidate is meant as itself, and nothing without candidates', () => {
    for (const word of words) expect(closest(word, words)).toBe(word);
    expect(closest('replicas', [])).toBeNull();
  });

  test('is the first of the nearest within a third of the longer word', () => {
    fc.assert(
      fc.property(letters, fc.array(letters, { maxLength: 6 }), (word, candidates) => {
        const near = candidates
          .map((candidate) => ({
            candidate,
            edits: distance(word.toLowerCase(), candidate.toLowerCase()),
            limit: Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3)),
          }))
          .filter(({ edits, limit }) => edits <= limit)
          .sort((a, b) => a.edits - b.edits);
        expect(closest(word, candidates)).toBe(near[0]?.candidate ?? null);
      }),
      { seed: 33, numRuns: 300 },
    );
  });
});
