import { closest } from '../domain/did-you-mean.js';
import type { InstanceType } from './instance-type.js';
import { instanceTypes } from './instance-types.js';

const byName = new Map(instanceTypes.map((type) => [type.name, type]));

/** A type of the catalogue, or the name the user may have meant (null where nothing is near). */
export type FoundInstanceType =
  { readonly found: true; readonly type: InstanceType } | { readonly found: false; readonly suggestion: string | null };

/**
 * Looks an instance type up by its name, `aws/m5.xlarge`; letters count as written.
 *
 * A name without its cloud (`m5.xlarge`) is not found but suggests the full one.
 */
export function findInstanceType(name: string): FoundInstanceType {
  const type = byName.get(name);
  if (type !== undefined) return { found: true, type };
  const withCloud = instanceTypes.find((candidate) => candidate.name.endsWith(`/${name}`));
  return { found: false, suggestion: withCloud?.name ?? closest(name, byName.keys()) };
}
