import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zCpu, zDuration, zMemory, zPositiveDuration, zRate, zShare } from '../../domain/quantity.js';
import type { Registries } from '../../engine/registries.js';
import { choiceSchema } from '../../domain/choice-schema.js';
import { imagePullSchema } from './image-schema.js';
import { machineFields, nodeCountSchema } from './machine-schema.js';
import { namedMetricsSchema } from './named-metric-schema.js';
import { zMoneyPerHour, zPrice } from './price-schema.js';
import { labelsSchema, taintSchema } from './scheduling-schema.js';

const zPositiveRate = zRate.refine((value) => value > 0, { message: 'must be above 0' });
const zCount = z.number().int().min(0).max(100_000);

/** A station that does not scale. */
export const dependencySchema = z
  .strictObject({
    concurrency: zCount.min(1).meta({ description: 'Requests served at once.' }),
    queueLimit: zCount.optional().meta({ description: 'Requests that may wait; no limit if left out.' }),
    rateLimit: zRate
      .optional()
      .meta({ description: 'Requests admitted per second, the rest refused; no limit if left out.' }),
    service: zDistribution,
    zone: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'Availability zone it stands in; beside its callers if left out.' }),
    region: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "Region it stands in; that of the zone's nodes if left out." }),
    internet: z.literal(true).optional().meta({ description: 'It stands on the internet, outside the cloud.' }),
  })
  .meta({ description: 'A database or a third party: it does not scale.' });

const neighbourSchema = z
  .strictObject({
    cpu: zCpu.meta({ description: 'Cores that its threads could use, as 8.' }),
    request: zCpu
      .prefault('0')
      .meta({ description: 'Its CPU request: its weight, and room it takes for the whole run.' }),
    from: zDuration
      .optional()
      .meta({ description: 'Since when, from the end of the warm-up; from the beginning if left out.' }),
    to: zDuration.optional().meta({ description: 'Until when; to the end if left out.' }),
  })
  .meta({ description: 'Somebody else on a node who uses CPU.' });

/** A pool of equal nodes. */
export function nodePoolSchema(policies: Registries['nodePolicies']) {
  return z
    .strictObject({
      ...machineFields,
      type: machineFields.type.optional(),
      types: z.array(machineFields.type).min(1).optional().meta({
        description:
          'Instead of type: a pool for each of these, as the offers of one NodePool of Karpenter. min and initial count nodes of the first; max those of each.',
      }),
      count: nodeCountSchema.meta({
        description: 'How many: a number that stays, or { initial: 3, min: 3, max: 20 } where it may change.',
      }),
      name: z.string().min(1).optional().meta({ description: 'Name of the pool; its type if left out.' }),
      maxPods: zCount.min(1).optional().meta({ description: 'Pods on a node; as the catalogue says if left out.' }),
      initial: zCount.optional().meta({ description: 'Nodes that are ready from the beginning; all if left out.' }),
      joinAt: zDuration
        .prefault('0s')
        .meta({ description: 'When the others are asked for, from the end of the warm-up.' }),
      labels: labelsSchema.optional().meta({
        description: 'Labels of its nodes, besides those that follow from type, zone and region.',
      }),
      taints: z.array(taintSchema).min(1).optional().meta({
        description: 'Taints of its nodes, which keep pods away that do not tolerate them, as batch=true:NoSchedule.',
      }),
      neighbours: z.array(neighbourSchema).prefault([]).meta({
        description: 'Pods on every node of the pool that are not of the workloads; needs cluster.cpuShares.',
      }),
      scaling: choiceSchema(policies, {
        key: 'policy',
        fallback: 'fixed',
        description: 'What decides about the number of nodes, and its own fields.',
      }),
    })
    .meta({ description: 'Nodes of one type; a scenario without nodes has a place for every pod.' });
}

/** What decides about the nodes of several pools together. */
export function nodeAutoscalerSchema(scalers: Registries['nodeScalers']) {
  return choiceSchema(scalers, {
    key: 'policy',
    fallback: null,
    description: 'What decides about all pools whose count may change and whose own scaling is fixed, and its fields.',
  }).optional();
}

/** A pool of nodes as written, units resolved and defaults filled in. */
export type NodePoolSection = z.output<ReturnType<typeof nodePoolSchema>>;

/** Pods of daemons that run on every node. */
export const daemonSetSchema = z
  .strictObject({
    cpu: zCpu.prefault('0').meta({ description: 'CPU request on every node, as 100m.' }),
    memory: zMemory.prefault('0Mi').meta({ description: 'Memory request on every node, as 200Mi.' }),
  })
  .meta({ description: 'A pod on every node that takes its requests and one place there.' });

/** How metrics reach the engine. */
export const metricsSchema = z
  .strictObject({
    scrape: zPositiveDuration.prefault('15s').meta({ description: 'Time between two scrapes.' }),
    lag: zDuration.prefault('5s').meta({ description: 'From a scrape until the engine can see it.' }),
    window: zPositiveDuration.prefault('1m').meta({ description: 'Window over which rates are taken.' }),
    dropped: zShare.prefault('0%').meta({ description: "Chance that one pod's sample of one scrape is lost." }),
    staleAfter: zPositiveDuration.prefault('2m').meta({ description: 'Older samples may not be acted upon.' }),
    named: namedMetricsSchema.meta({ description: 'Metrics by expression that every workload can scale by, by name.' }),
  })
  .prefault({})
  .meta({ description: 'How metrics reach the engine.' });

const crashLoopBackOffSchema = z
  .strictObject({
    initial: zPositiveDuration.prefault('10s').meta({ description: 'Wait before the second restart.' }),
    max: zPositiveDuration
      .prefault('5m')
      .meta({ description: 'Longest wait; forgotten after twice as long without a crash.' }),
  })
  .refine((given) => given.max >= given.initial, { path: ['max'], message: 'must be at least initial' })
  .optional()
  .meta({ description: "The kubelet's growing wait before a crashed container is started again." });

/** Habits of the cluster itself; the defaults are those of Kubernetes. */
export const clusterSchema = z
  .strictObject({
    nodeMonitorGrace: zDuration.prefault('50s').meta({ description: "From a node's failure until it is noticed." }),
    evictionAfter: zDuration.prefault('5m').meta({ description: 'From then until its pods are replaced.' }),
    nodeEvictionRate: zPositiveRate
      .optional()
      .meta({ description: 'Lost nodes of a zone whose pods begin to be evicted, as 6/m; no limit if left out.' }),
    restartDelay: zDuration.optional().meta({
      description: 'From a crash until the container is started again, always the same; crashLoopBackOff if left out.',
    }),
    crashLoopBackOff: crashLoopBackOffSchema,
    cpuShares: z.boolean().prefault(false).meta({
      description: 'Pods share the cores of their node by the weight of their CPU requests, as on real nodes.',
    }),
    nodePressureEviction: z
      .boolean()
      .prefault(false)
      .meta({ description: 'Kubelets evict pods from nodes whose pods use more memory than the node can give.' }),
    drainTimeout: zPositiveDuration.optional().meta({
      description: 'When the pods of a draining node that a pdb holds are deleted all the same; never if left out.',
    }),
    logarithmicScaleDown: z.boolean().optional().meta({
      description:
        'Pods to delete are compared by the order of magnitude of their ages, as kube-controller-manager does; to the microsecond if left out.',
    }),
    scheduler: z
      .strictObject({ rate: zPositiveRate.optional() })
      .prefault({})
      .meta({ description: 'Pods that the scheduler binds, as rate: 100/s; no limit if left out.' }),
    controller: z
      .strictObject({
        rate: zPositiveRate.optional().meta({ description: 'Pods created per second; all at once if left out.' }),
        burst: zCount.min(1).prefault(30).meta({ description: 'Pods created at once after a rest.' }),
        latency: zDuration.prefault('20ms').meta({ description: 'From a call to the API server to its answer.' }),
      })
      .prefault({})
      .meta({
        description:
          "How fast the ReplicaSet controller creates pods; kube-controller-manager's defaults are 20/s and 30.",
      }),
    images: imagePullSchema,
  })
  .prefault({})
  .meta({ description: 'Habits of the cluster itself.' });

/** Limits over all workloads together. */
export const quotaSchema = z
  .strictObject({ pods: zCount.optional(), cpu: zCpu.optional(), memory: zMemory.optional() })
  .prefault({})
  .meta({ description: 'Limits over all workloads together; none if left out.' });

/** Money that all workloads may cost together. */
export const budgetSchema = z
  .strictObject({
    perHour: zMoneyPerHour
      .refine((value) => value > 0, { message: 'must be above $0' })
      .meta({ description: 'Money an hour, as $12 or 12 USD.' }),
  })
  .optional()
  .meta({
    description:
      'Money that what is asked for may cost together: pods by their share of a node, and nodes. Workloads of the lowest priority are cut first, none below its min.',
  });

/** How the bill is made. */
export const billingSchema = z
  .strictObject({ perPodHour: zPrice.optional() })
  .prefault({})
  .meta({ description: 'Nodes are billed by the hour; without nodes, or with perPodHour, pods are.' });
