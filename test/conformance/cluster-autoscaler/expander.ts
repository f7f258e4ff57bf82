import { z } from 'zod';
import type { Expander, ExpansionOption } from '../../../src/engine/allocate/cluster-autoscaler/expansion-option.js';
import { leastNodes } from '../../../src/engine/allocate/cluster-autoscaler/least-nodes.js';
import { leastWaste } from '../../../src/engine/allocate/cluster-autoscaler/least-waste.js';
import { mostPods } from '../../../src/engine/allocate/cluster-autoscaler/most-pods.js';
import { preferredNode, unfitness } from '../../../src/engine/allocate/cluster-autoscaler/preferred-node.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { pendingPod, requirementsOf, zVectorNode, zVectorPod } from './vector-pods.js';

const zOption = z
  .looseObject({
    id: z.string(),
    nodeCount: z.number().default(1),
    node: zVectorNode.default({ cpuMillis: 0, memoryMiB: 0 }),
    pods: z.array(zVectorPod).default([]),
  })
  .transform(({ id, nodeCount, node, pods }): ExpansionOption => ({
    pool: id,
    nodeCount,
    node,
    pods: pods.map((pod, i) => pendingPod(`${id}-${i}`, requirementsOf(pod))),
    pricePerHour: 0,
  }));

const zChoice = z.looseObject({
  input: z.looseObject({
    options: z
      .array(zOption)
      .nullish()
      .transform((options) => options ?? []),
  }),
  expect: z.looseObject({ best: z.array(z.string()) }),
});

const zPreferred = z.looseObject({
  input: z.looseObject({ clusterNodes: z.number() }),
  expect: z.looseObject({ cpuCores: z.number() }),
});

const zUnfitness = z.looseObject({
  input: z.looseObject({ preferredCpuMilli: z.number(), evaluatedCpuMilli: z.number() }),
  expect: z.looseObject({ unfitness: z.number() }),
});

const zKind = z.looseObject({
  input: z.looseObject({
    expander: z.enum(['least-waste', 'least-nodes', 'most-pods', 'price-preferred-node', 'price-unfitness']),
  }),
});

const kinds = {
  'least-waste': judgeBy(leastWaste),
  'least-nodes': judgeBy(leastNodes),
  'most-pods': judgeBy(mostPods),
  'price-preferred-node': (vector) => {
    const { input, expect } = zPreferred.parse(vector);
    return expectEqual('cpuCores', preferredNode(input.clusterNodes).cpuMillis / 1000, expect.cpuCores);
  },
  'price-unfitness': (vector) => {
    const { input, expect } = zUnfitness.parse(vector);
    const found = unfitness({ cpuMillis: input.preferredCpuMilli }, { cpuMillis: input.evaluatedCpuMilli });
    return expectEqual('unfitness', found, expect.unfitness);
  },
} as const satisfies Record<string, Judge>;

/** Which option an expander takes, and what the price expander thinks of sizes. */
export const judgeExpander: Judge = (vector) => kinds[zKind.parse(vector).input.expander](vector);

function judgeBy(expander: Expander): Judge {
  return (vector) => {
    const { input, expect } = zChoice.parse(vector);
    return expectEqual(
      'best',
      expander(input.options).map(({ pool }) => pool),
      expect.best,
    );
  };
}
