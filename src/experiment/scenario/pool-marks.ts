import type { InstanceType } from '../../catalogue/instance-type.js';
import { type Labels, REGION_LABEL, ZONE_LABEL } from '../../domain/scheduling/labels.js';
import type { NodeMarks } from '../../domain/scheduling/node-marks.js';
import type { NodeOffer } from './node-offers.js';
import type { Scenario } from './scenario-schema.js';
import type { SourceTree } from './source-tree.js';

/** Whether anybody asks for labels of nodes, or nodes have any; otherwise nobody needs to know of them. */
export function asksForLabels({
  workloads,
  nodes,
  headroom = {},
}: Pick<Scenario, 'workloads' | 'nodes' | 'headroom'>): boolean {
  return (
    Object.values(workloads).some((one) => one.nodeSelector ?? one.tolerations ?? one.affinity ?? one.topologySpread) ||
    Object.values(headroom).some((one) => one.nodeSelector ?? one.tolerations) ||
    nodes.some(({ labels, taints }) => labels ?? taints)
  );
}

/**
 * Labels and taints of the nodes of a pool, as Kubernetes and clouds label nodes. Throws InputError where a label is written that
 * follows from something else.
 */
export function poolMarks(scenario: Scenario, section: NodeOffer, type: InstanceType, tree: SourceTree): NodeMarks {
  if (!asksForLabels(scenario)) return {};
  const { labels = {}, taints, index } = section;
  const known = labelsThatFollow(scenario, section, type);
  for (const [key, value] of Object.entries(known)) {
    if (!Object.hasOwn(labels, key) || labels[key] === value) continue;
    const problem = `must be ${JSON.stringify(value)}, as type, region and zone say, was ${JSON.stringify(labels[key])}`;
    tree.reject(['nodes', index, 'labels', key], problem, 'Leave it out: nodes are labelled with it anyway.');
  }
  return { labels: { ...known, ...labels }, ...(taints === undefined ? {} : { taints }) };
}

function labelsThatFollow(
  { nodeAutoscaler }: Scenario,
  { zone, region, nodePool }: NodeOffer,
  type: InstanceType,
): Labels {
  return {
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': type.architecture,
    'node.kubernetes.io/instance-type': type.name.slice(type.name.indexOf('/') + 1),
    [REGION_LABEL]: region ?? type.region,
    ...(zone === undefined ? {} : { [ZONE_LABEL]: zone }),
    ...(nodeAutoscaler?.name === 'karpenter'
      ? { 'karpenter.sh/nodepool': nodePool, 'karpenter.sh/capacity-type': 'on-demand' }
      : {}),
  };
}
