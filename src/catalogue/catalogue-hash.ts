import { createHash } from 'node:crypto';
import type { InstanceType } from './instance-type.js';
import { instanceTypes } from './instance-types.js';

/**
 * SHA-256 of what the types say, in hexadecimal: a part of a run's identity.
 *
 * It depends neither on the order of the types nor on the order of their fields, only on content.
 */
export function catalogueHash(types: readonly InstanceType[] = instanceTypes): string {
  const lines = types.map((type) => JSON.stringify(Object.entries(type).sort(([a], [b]) => compare(a, b))));
  return createHash('sha256').update(lines.sort(compare).join('\n')).digest('hex');
}

/** Order by code units, the same under every locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
