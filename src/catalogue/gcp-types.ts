import type { InstanceType } from './instance-type.js';

const SOURCE =
  'Cyclenerd/google-cloud-pricing-cost-calculator pricing.yml @fd66b26; ' +
  'cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes (110 pods by default)';

function standard(machine: string, vcpu: number, pricePerHour: number): InstanceType {
  return {
    name: `gcp/${machine}-standard-${vcpu}`,
    cloud: 'gcp',
    region: 'us-central1',
    vcpu,
    memoryGiB: vcpu * 4,
    pricePerHour,
    architecture: 'amd64',
    family: 'general',
    maxPods: 110,
    cpuSpeed: null,
    source: SOURCE,
    date: '2026-07-30',
  };
}

/** Compute Engine types, us-central1, on-demand prices of 2026-07-30. */
export const gcpTypes: readonly InstanceType[] = [
  standard('e2', 2, 0.06701142),
  standard('e2', 4, 0.13402284),
  standard('n2', 4, 0.194236),
];
