import type { InstanceType } from './instance-type.js';

const SOURCE =
  'Azure/karpenter-provider-azure pkg/providers/pricing/zz_generated.pricing.go @352646f599; ' +
  'romilbhardwaj/skypilot-catalog catalogs/v5/azure @919be2c1a1; ' +
  'learn.microsoft.com/azure/aks/node-autoprovision-aksnodeclass (250 pods by default with Azure CNI overlay)';

function dsv5(vcpu: number, pricePerHour: number): InstanceType {
  return {
    name: `azure/Standard_D${vcpu}s_v5`,
    cloud: 'azure',
    region: 'eastus',
    vcpu,
    memoryGiB: vcpu * 4,
    pricePerHour,
    architecture: 'amd64',
    family: 'general',
    maxPods: 250,
    cpuSpeed: null,
    source: SOURCE,
    date: '2026-06-18',
  };
}

/** Azure virtual machines, eastus, on-demand Linux prices of 2026-06-18. */
export const azureTypes: readonly InstanceType[] = [dsv5(2, 0.096), dsv5(4, 0.192)];
