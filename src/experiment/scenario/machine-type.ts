import { findInstanceType } from '../../catalogue/find-instance-type.js';
import type { InstanceType } from '../../catalogue/instance-type.js';
import type { MachineSection } from './machine-schema.js';
import type { SourceTree } from './source-tree.js';
import type { Path } from './tree.js';

/** The instance type of a section that rents machines. Throws InputError for an unknown type, and where the price of its region is not known. */
export function machineType(
  { type: name, region, price }: Pick<MachineSection, 'type' | 'region' | 'price'>,
  tree: SourceTree,
  path: Path,
  typePath: Path = [...path, 'type'],
): InstanceType {
  const found = findInstanceType(name);
  if (!found.found) {
    const hint = found.suggestion === null ? '' : `Did you mean ${found.suggestion}? `;
    return tree.reject(
      typePath,
      `must be an instance type of the catalogue, was ${JSON.stringify(name)}`,
      `${hint}See hindcast list instances.`,
    );
  }
  const { type } = found;
  if (region === undefined || region === type.region || price !== undefined) return type;
  return tree.reject(
    [...path, 'region'],
    `must be ${type.region}, the region whose price the catalogue has, was ${JSON.stringify(region)}`,
    'Give the price of your region, as price: $0.214/h.',
  );
}
