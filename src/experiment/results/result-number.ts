/** What stands at a path of keys of a document of plain values; undefined where nothing does. */
export function resultValue(result: unknown, path: readonly string[]): unknown {
  let value = result;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(key);
  }
  return value;
}

/** The number at a path of keys of a result, or null where there is none; counts by reason that did not occur are 0. */
export function resultNumber(result: unknown, path: readonly string[]): number | null {
  const value = resultValue(result, path);
  if (value === undefined && path[0] === 'decisions') return 0;
  return typeof value === 'number' ? value : null;
}
