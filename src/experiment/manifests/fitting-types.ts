import type { InstanceType } from '../../catalogue/instance-type.js';
import { instanceTypes } from '../../catalogue/instance-types.js';
import type { NodeRequirement } from './node-pool-manifest.js';

/** Words in the keys of requirements that belong to one cloud. */
const clouds = [
  [/k8s\.aws|eks\.amazonaws/, 'aws'],
  [/azure/, 'azure'],
  [/gcp|gke/, 'gcp'],
] as const;

/** The types of the catalogue that a pool may use; requirements that the catalogue knows nothing of are passed over. */
export function fittingTypes(requirements: readonly NodeRequirement[]): readonly InstanceType[] {
  const text = requirements.map(({ key }) => key).join(' ');
  const cloud = clouds.find(([words]) => words.test(text))?.[1];
  return instanceTypes
    .filter((type) => cloud === undefined || type.cloud === cloud)
    .filter((type) => requirements.every((requirement) => fits(labelsOf(type), requirement)));
}

/** What Karpenter's labels would say of a type, by the last part of their keys. */
function labelsOf(type: InstanceType): Readonly<Record<string, string>> {
  const name = type.name.slice(type.name.indexOf('/') + 1);
  const [family, size] = name.split('.');
  const generation = /\d/.exec(family)?.[0];
  return {
    'instance-type': name,
    arch: type.architecture,
    'instance-cpu': String(type.vcpu),
    'instance-memory': String(type.memoryGiB * 1024),
    ...(type.cloud === 'aws'
      ? { 'instance-family': family, 'instance-size': size, 'instance-category': family[0] }
      : {}),
    ...(type.cloud === 'aws' && generation !== undefined ? { 'instance-generation': generation } : {}),
  };
}

function fits(labels: Readonly<Record<string, string>>, { key, operator, values }: NodeRequirement): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (!Object.hasOwn(labels, name)) return true;
  const label = labels[name];
  switch (operator) {
    case 'In':
      return values.includes(label);
    case 'NotIn':
      return !values.includes(label);
    case 'Exists':
      return true;
    case 'DoesNotExist':
      return false;
    case 'Gt':
      return Number(label) > Number(values[0]);
    case 'Gte':
      return Number(label) >= Number(values[0]);
    case 'Lt':
      return Number(label) < Number(values[0]);
    case 'Lte':
      return Number(label) <= Number(values[0]);
  }
}
