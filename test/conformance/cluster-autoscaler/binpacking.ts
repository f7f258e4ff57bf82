import { z } from 'zod';
import { ClusterPlan } from '../../../src/domain/scheduling/cluster-plan.js';
import { HOSTNAME_LABEL, ZONE_LABEL } from '../../../src/domain/scheduling/labels.js';
import type { NodeShape } from '../../../src/domain/scheduling/node-shape.js';
import type { PodRequirements } from '../../../src/domain/scheduling/pod-requirements.js';
import { estimateNodes } from '../../../src/engine/allocate/cluster-autoscaler/estimate-nodes.js';
import { orderGroups } from '../../../src/engine/allocate/cluster-autoscaler/order-groups.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import type { VectorCase } from '../vector-file.js';
import { pendingPod, requirementsOf, zVectorNode, zVectorPod } from './vector-pods.js';

const zPlace = z.looseObject({ maxPods: z.number().default(10), zone: z.string().default('') });

const zSpread = z.looseObject({ maxSkew: z.number(), key: z.string(), minDomains: z.number().default(1) });

const zGroup = zVectorPod.extend({
  count: z.number(),
  hostPort: z.number().optional(),
  topologySpread: zSpread.optional(),
});

const zEstimate = z.looseObject({
  input: z.looseObject({
    node: z.unknown(),
    existingNodes: z.array(z.unknown()).default([]),
    maxNodes: z.number().default(0),
    podGroups: z.array(zGroup),
  }),
  expect: z.looseObject({ nodeCount: z.number(), podCount: z.number() }),
});

const zOrder = z.looseObject({
  input: z.looseObject({ order: z.array(z.string()), pods: z.record(z.string(), zVectorPod), node: zVectorNode }),
  expect: z.looseObject({ order: z.array(z.string()) }),
});

/** How many nodes pods need, or in which order they are packed. */
export const judgeBinpacking: Judge = (vector) =>
  zOrder.safeParse(vector).success ? judgeOrder(vector) : judgeEstimate(vector);

function judgeOrder(vector: VectorCase): readonly string[] {
  const { input, expect } = zOrder.parse(vector);
  const groups = input.order.map((name) => [pendingPod(name, requirementsOf(input.pods[name]))]);
  const order = orderGroups(groups, input.node).map(([{ name }]) => name);
  return expectEqual('order', order, expect.order);
}

function judgeEstimate(vector: VectorCase): readonly string[] {
  const { input, expect } = zEstimate.parse(vector);
  const plan = new ClusterPlan();
  input.existingNodes.forEach((node, i) => plan.addNode({ name: `existing-${i}`, pool: null, shape: shapeOf(node) }));
  const groups = input.podGroups.map((group, g) => {
    const kind = kindOf(group);
    return Array.from({ length: group.count }, (_, i) => pendingPod(`group-${g}-pod-${i}`, kind));
  });
  const estimate = estimateNodes(plan, groups, { pool: 'template', shape: shapeOf(input.node) }, input.maxNodes);
  return [
    ...expectEqual('nodeCount', estimate.nodeCount, expect.nodeCount),
    ...expectEqual('podCount', estimate.pods.length, expect.podCount),
  ];
}

function shapeOf(node: unknown): NodeShape {
  const { maxPods, zone } = zPlace.parse(node);
  return { ...zVectorNode.parse(node), maxPods, labels: { [ZONE_LABEL]: zone }, taints: [] };
}

function kindOf(group: z.output<typeof zGroup>): PodRequirements {
  const { hostPort, topologySpread } = group;
  const plain = requirementsOf(group);
  return {
    ...plain,
    hostPorts: hostPort === undefined ? [] : [{ protocol: 'TCP', port: hostPort }],
    spread:
      topologySpread === undefined
        ? []
        : [
            {
              topologyKey: keyOf(topologySpread.key),
              selector: { matchLabels: plain.labels },
              maxSkew: topologySpread.maxSkew,
              whenUnsatisfiable: 'DoNotSchedule',
              minDomains: topologySpread.minDomains,
            },
          ],
  };
}

/** The vectors say `zone` and `hostname` for the labels. */
function keyOf(key: string): string {
  if (key.endsWith('zone')) return ZONE_LABEL;
  return key.endsWith('hostname') ? HOSTNAME_LABEL : key;
}
