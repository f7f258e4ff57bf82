/** One difference in words, or none where the value is off by no more than the given share of what is expected. */
export function expectNear(what: string, actual: number, expected: number, relative: number): readonly string[] {
  if (Math.abs(actual - expected) <= relative * Math.abs(expected)) return [];
  return [`${what}: expected ${expected}, was ${actual}`];
}
