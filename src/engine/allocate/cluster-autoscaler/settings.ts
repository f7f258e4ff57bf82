import { z } from 'zod';
import { zDuration, zShare } from '../../../domain/quantity.js';

const zExpander = z.enum(['least-waste', 'most-pods', 'least-nodes', 'price', 'priority', 'random']);

const zPriority = z.strictObject({
  priority: z.int().describe('The higher the better.'),
  pools: z
    .array(z.string().refine(isPattern, { message: 'must be a regular expression' }))
    .min(1)
    .describe('Regular expressions, any of which may be found in a name.'),
});

/** The cluster autoscaler's flags, by their names where they have one, with its defaults. */
export const zClusterAutoscaler = z
  .strictObject({
    expander: z
      .union([zExpander, z.array(zExpander).min(1)])
      .default('least-waste')
      .describe(
        'How a pool is chosen among those that would help; of several the next one breaks the ties of the one before, chance the last.',
      ),
    priorities: z.array(zPriority).default([]).describe('Of pools, for the expander `priority`.'),
    expendablePodsPriorityCutoff: z.int().default(-10).describe('Pods of lower priority bring no nodes and keep none.'),
    maxNodesPerScaleUp: z.int().min(1).default(1000).describe('Nodes added at one time.'),
    maxNodesTotal: z.int().min(0).default(0).describe('Nodes of all pools together; 0 means no limit.'),
    maxNodeProvisionTime: zDuration
      .prefault('15m')
      .describe('A node that has not come up for so long is given up, and its pool backed off.'),
    initialNodeGroupBackoff: zDuration
      .prefault('5m')
      .describe('How long a pool that did not give nodes is left alone at first.'),
    maxNodeGroupBackoff: zDuration.prefault('30m').describe('How long at most; every time twice as long.'),
    nodeGroupBackoffReset: zDuration.prefault('3h').describe('Without a failure for so long a pool begins anew.'),
    scaleDownEnabled: z.boolean().default(true).describe('Whether nodes are ever removed.'),
    scaleDownUtilizationThreshold: zShare
      .prefault('50%')
      .describe('A node whose requested share of CPU and of memory are both at most this may be unneeded.'),
    scaleDownUnneededTime: zDuration.prefault('10m').describe('How long a node must have been unneeded.'),
    scaleDownUnreadyTime: zDuration.prefault('20m').describe('The same for one that is not well.'),
    scaleDownDelayAfterAdd: zDuration.prefault('10m').describe('No node goes so soon after nodes were added.'),
    scaleDownDelayAfterDelete: zDuration.prefault('0s').describe('No node goes so soon after another one.'),
    scaleDownDelayAfterFailure: zDuration
      .prefault('3m')
      .describe(
        'No node goes so soon after one could not be removed; without effect as long as nothing tells of removals that fail.',
      ),
    unremovableNodeRecheck: zDuration
      .prefault('5m')
      .describe('A node whose pods have no other place is looked at again after this.'),
    maxScaleDownParallelism: z.int().min(1).default(10).describe('Nodes that may be going at once.'),
    maxDrainParallelism: z.int().min(0).default(1).describe('Those of them that pods have to leave.'),
    podCpuPricePerHour: z
      .number()
      .positive()
      .default(0.033174)
      .describe('What a core of a pod is worth to the expander `price`, in USD; GCE list price.'),
    podMemoryPricePerGiBHour: z.number().positive().default(0.004446).describe('The same for a GiB of its memory.'),
  })
  .describe('As the Kubernetes cluster autoscaler.');

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** Settings of the cluster autoscaler, resolved; lengths of time in microseconds. */
export type ClusterAutoscalerSettings = z.output<typeof zClusterAutoscaler>;
