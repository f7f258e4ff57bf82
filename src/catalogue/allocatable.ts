import type { Cloud, InstanceType } from './instance-type.js';

/** What the scheduler can give to pods on one node, after the kubelet's reservations. */
export interface Allocatable {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly maxPods: number;
}

/** Choices of the reservation. */
export interface AllocatableOptions {
  /**
   * Share of the advertised memory that firmware and hypervisor keep, 0 to 1. The default 0 is the published formula alone;
   * Karpenter assumes 0.075 until it has seen a node (its setting VM_MEMORY_OVERHEAD_PERCENT).
   */
  readonly memoryOverhead?: number;
  /** Pods per node instead of the type's own limit, as under prefix delegation. */
  readonly maxPods?: number;
}

interface Node {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly maxPods: number;
}

/** The kubelet evicts pods when less memory than this is free, on all three clouds. */
const EVICTION_MIB = 100;

/**
 * What a node of this type has for pods; CPU in whole thousandths of a core, memory in whole MiB (rounded down), neither below 0.
 *
 * The reservation is that of the cloud's own managed Kubernetes: EKS as Karpenter computes it, GKE, AKS since 1.29.
 */
export function allocatable(type: InstanceType, options: AllocatableOptions = {}): Allocatable {
  const node = {
    cpuMillis: type.vcpu * 1000,
    memoryMiB: type.memoryGiB * 1024 * (1 - (options.memoryOverhead ?? 0)),
    maxPods: options.maxPods ?? type.maxPods,
  };
  const reserved = reservations[type.cloud];
  return {
    cpuMillis: whole(node.cpuMillis - reserved.cpuMillis(node)),
    memoryMiB: whole(node.memoryMiB - reserved.memoryMiB(node) - EVICTION_MIB),
    maxPods: node.maxPods,
  };
}

/** Rounds down to a whole amount; a hair's breadth of slack keeps 3920 from becoming 3919 where a share has no exact binary form. */
function whole(amount: number): number {
  return Math.max(0, Math.floor(amount + 1e-6));
}

type Tier = readonly [upTo: number, share: number];

function tiered(amount: number, tiers: readonly Tier[]): number {
  let reserved = 0;
  let from = 0;
  for (const [upTo, share] of tiers) {
    reserved += Math.max(0, Math.min(amount, upTo) - from) * share;
    from = upTo;
  }
  return reserved;
}

/** 6% of the first core, 1% of the second, 0.5% of the third and fourth, 0.25% of the rest. */
const sharesOfCores: readonly Tier[] = [
  [1000, 0.06],
  [2000, 0.01],
  [4000, 0.005],
  [Infinity, 0.0025],
];

/** 25% of the first 4 GiB, 20% of the next 4, 10% of the next 8, 6% of the next 112, 2% of the rest. */
const sharesOfMemory: readonly Tier[] = [
  [4096, 0.25],
  [8192, 0.2],
  [16384, 0.1],
  [131072, 0.06],
  [Infinity, 0.02],
];

/** 60 thousandths of the first core, 40 of the second, 20 of the third and fourth each, 10 of every further one. */
const aksSharesOfCores: readonly Tier[] = [
  [1000, 0.06],
  [2000, 0.04],
  [4000, 0.02],
  [Infinity, 0.01],
];

const MB_IN_MIB = 1e6 / 2 ** 20;

/** What the kubelet and the system keep, without the eviction threshold. */
interface Reservation {
  cpuMillis(node: Node): number;
  memoryMiB(node: Node): number;
}

const reservations: Readonly<Record<Cloud, Reservation>> = {
  /** Source: aws/karpenter-provider-aws pkg/providers/instancetype/types.go, kubeReservedResources, @538ac5f53c. */
  aws: {
    cpuMillis: (node) => tiered(node.cpuMillis, sharesOfCores),
    memoryMiB: (node) => 11 * node.maxPods + 255,
  },
  /** Source: cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes. */
  gcp: {
    cpuMillis: (node) => tiered(node.cpuMillis, sharesOfCores),
    memoryMiB: (node) => (node.memoryMiB < 1024 ? 255 : tiered(node.memoryMiB, sharesOfMemory)),
  },
  /** Source: learn.microsoft.com/azure/aks/node-resource-reservations, AKS 1.29 and later; the table of cores read as slopes. */
  azure: {
    cpuMillis: (node) => tiered(node.cpuMillis, aksSharesOfCores),
    memoryMiB: (node) => Math.min((20 * node.maxPods + 50) * MB_IN_MIB, node.memoryMiB * 0.25),
  },
};
