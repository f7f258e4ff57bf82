import { isDeepStrictEqual } from 'node:util';

/** One difference in words, or none. */
export function expectEqual(what: string, actual: unknown, expected: unknown): readonly string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  return [`${what}: expected ${JSON.stringify(expected)}, was ${JSON.stringify(actual)}`];
}
