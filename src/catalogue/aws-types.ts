import type { InstanceFamily, InstanceType } from './instance-type.js';

const PRICE_SOURCE = 'aws/karpenter-provider-aws pkg/providers/pricing/zz_generated.pricing_aws.go @1d927085dd';
const SIZE_SOURCE = 'romilbhardwaj/skypilot-catalog catalogs/v5/aws/vms.csv @919be2c1a1';
const POD_SOURCE = 'aws/amazon-vpc-cni-k8s misc/eni-max-pods.txt @01d744a5b8';

/** Network interfaces and IPv4 addresses on each, by size; the burstable large is the one exception of the families listed. */
const interfacesOfSize = {
  large: [3, 10],
  xlarge: [4, 15],
  '2xlarge': [4, 15],
  '4xlarge': [8, 30],
  burstableLarge: [3, 12],
} as const;

type Size = 'large' | 'xlarge' | '2xlarge' | '4xlarge';
type Row = readonly [size: Size, vcpu: number, memoryGiB: number, pricePerHour: number];

/**
 * Pods by the VPC CNI without prefix delegation: the first address of each interface is the interface's own, and two pods of the
 * host network (CNI, kube-proxy) need none. Source: aws/amazon-vpc-cni-k8s misc/eni-max-pods.txt, header.
 */
function maxPods(size: Size, family: InstanceFamily): number {
  const [interfaces, addresses] =
    interfacesOfSize[family === 'burstable' && size === 'large' ? 'burstableLarge' : size];
  return interfaces * (addresses - 1) + 2;
}

function series(
  prefix: string,
  family: InstanceFamily,
  architecture: InstanceType['architecture'],
  rows: readonly Row[],
): readonly InstanceType[] {
  return rows.map(([size, vcpu, memoryGiB, pricePerHour]) => ({
    name: `aws/${prefix}.${size}`,
    cloud: 'aws',
    region: 'us-east-1',
    vcpu,
    memoryGiB,
    pricePerHour,
    architecture,
    family,
    maxPods: maxPods(size, family),
    cpuSpeed: null,
    source: `${PRICE_SOURCE}; ${SIZE_SOURCE}; ${POD_SOURCE}`,
    date: '2026-07-20',
  }));
}

/** EC2 types, us-east-1, on-demand Linux prices of 2026-07-20. */
export const awsTypes: readonly InstanceType[] = [
  ...series('m5', 'general', 'amd64', [
    ['large', 2, 8, 0.096],
    ['xlarge', 4, 16, 0.192],
    ['2xlarge', 8, 32, 0.384],
    ['4xlarge', 16, 64, 0.768],
  ]),
  ...series('m6i', 'general', 'amd64', [
    ['large', 2, 8, 0.096],
    ['xlarge', 4, 16, 0.192],
    ['2xlarge', 8, 32, 0.384],
    ['4xlarge', 16, 64, 0.768],
  ]),
  ...series('m7g', 'general', 'arm64', [
    ['large', 2, 8, 0.0816],
    ['xlarge', 4, 16, 0.1632],
    ['2xlarge', 8, 32, 0.3264],
    ['4xlarge', 16, 64, 0.6528],
  ]),
  ...series('c5', 'compute', 'amd64', [
    ['large', 2, 4, 0.085],
    ['xlarge', 4, 8, 0.17],
    ['2xlarge', 8, 16, 0.34],
    ['4xlarge', 16, 32, 0.68],
  ]),
  ...series('c6i', 'compute', 'amd64', [
    ['large', 2, 4, 0.085],
    ['xlarge', 4, 8, 0.17],
    ['2xlarge', 8, 16, 0.34],
    ['4xlarge', 16, 32, 0.68],
  ]),
  ...series('c7g', 'compute', 'arm64', [
    ['large', 2, 4, 0.0725],
    ['xlarge', 4, 8, 0.145],
    ['2xlarge', 8, 16, 0.29],
    ['4xlarge', 16, 32, 0.58],
  ]),
  ...series('r5', 'memory', 'amd64', [
    ['large', 2, 16, 0.126],
    ['xlarge', 4, 32, 0.252],
    ['2xlarge', 8, 64, 0.504],
    ['4xlarge', 16, 128, 1.008],
  ]),
  ...series('r6i', 'memory', 'amd64', [
    ['large', 2, 16, 0.126],
    ['xlarge', 4, 32, 0.252],
    ['2xlarge', 8, 64, 0.504],
    ['4xlarge', 16, 128, 1.008],
  ]),
  ...series('t3', 'burstable', 'amd64', [
    ['large', 2, 8, 0.0832],
    ['xlarge', 4, 16, 0.1664],
    ['2xlarge', 8, 32, 0.3328],
  ]),
];
