import type { NodeShape } from '../../../domain/scheduling/node-shape.js';

type Size = Pick<NodeShape, 'cpuMillis' | 'memoryMiB'>;

/** Sizes double whenever the cluster grows threefold: up to so many nodes, so many cores. */
const STEPS = [
  { nodes: 2, cores: 1 },
  { nodes: 6, cores: 2 },
  { nodes: 20, cores: 4 },
  { nodes: 60, cores: 8 },
  { nodes: 200, cores: 16 },
] as const;

const MOST_CORES = 32;
const MEMORY_MIB_PER_CORE = 3750;

/** The size of node that suits a cluster of so many nodes, as the cluster autoscaler's `SimplePreferredNodeProvider`. */
export function preferredNode(clusterNodes: number): Size {
  const cores = STEPS.find(({ nodes }) => clusterNodes <= nodes)?.cores ?? MOST_CORES;
  return { cpuMillis: cores * 1000, memoryMiB: cores * MEMORY_MIB_PER_CORE };
}

/** How far a node's CPU is from the preferred one's, as a factor of at least 1. */
export function unfitness(preferred: Pick<Size, 'cpuMillis'>, evaluated: Pick<Size, 'cpuMillis'>): number {
  return Math.max(preferred.cpuMillis / evaluated.cpuMillis, evaluated.cpuMillis / preferred.cpuMillis);
}
