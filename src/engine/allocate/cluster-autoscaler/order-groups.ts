import type { NodeShape } from '../../../domain/scheduling/node-shape.js';
import type { PodGroup } from './pod-groups.js';

/** What a node can give, as far as the order of pods depends on it. */
type Size = Pick<NodeShape, 'cpuMillis' | 'memoryMiB'>;

/**
 * Groups with the larger pods first: by the share of a node's CPU plus the share of its memory that one pod takes, as the cluster
 * autoscaler's `DecreasingPodOrderer`. Equal ones keep their order.
 */
export function orderGroups(groups: readonly PodGroup[], node: Size): readonly PodGroup[] {
  return groups
    .map((group) => ({ group, score: score(group, node) }))
    .sort((a, b) => b.score - a.score)
    .map(({ group }) => group);
}

function score(group: PodGroup, { cpuMillis, memoryMiB }: Size): number {
  const { requirements } = group[0];
  return share(requirements.cpuMillis, cpuMillis) + share(requirements.memoryMiB, memoryMiB);
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
