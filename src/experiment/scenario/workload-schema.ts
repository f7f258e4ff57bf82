import { z } from 'zod';
import { zDistribution } from '../../domain/distribution-schema.js';
import { zCpu, zDuration, zPositiveDuration } from '../../domain/quantity.js';
import { activatorSchema } from './activator-schema.js';
import { balanceSchema } from './balance-schema.js';
import { balancerSchema } from './balancer-schema.js';
import { choiceSchema } from '../../domain/choice-schema.js';
import { imageSchema } from './image-schema.js';
import { jvmSchema } from './jvm-schema.js';
import { machineGroupSchema } from './machine-schema.js';
import { memorySchema } from './memory-schema.js';
import { latencyBucketsSchema, namedMetricsSchema } from './named-metric-schema.js';
import { livenessProbeSchema, readinessSchema, startupProbeSchema } from './probe-schema.js';
import { consumesSchema } from './queue-schema.js';
import type { Registries } from '../../engine/registries.js';
import { disruptionFields } from './rollout-schema.js';
import { schedulingFields } from './scheduling-schema.js';
import { podWarmUpSchema } from './warm-up-schema.js';
import { workFields } from './work-schema.js';

const zCount = z.number().int().min(0).max(100_000);
const zPositiveCount = zCount.min(1);

const podSchema = z
  .strictObject({
    cpu: z
      .strictObject({
        request: zCpu.prefault('500m').meta({ description: 'CPU request, as 500m.' }),
        limit: zCpu.optional().meta({ description: 'CPU limit; none if left out.' }),
        period: zPositiveDuration.prefault('100ms').meta({
          description: 'Length of the periods in which cfs enforces the limit (cpu.cfs_period_us).',
        }),
        start: zCpu
          .refine((value) => value > 0, { message: 'must be above 0' })
          .optional()
          .meta({ description: 'CPU that a container uses from its start until it listens; none if left out.' }),
        cores: zPositiveCount.optional().meta({
          description: "Cores that the threads of a pod run on under cfs; the node's if left out.",
        }),
      })
      .prefault({}),
    memory: memorySchema,
    jvm: jvmSchema,
    discipline: z.enum(['fcfs', 'processor-sharing', 'cfs', 'per-request']).prefault('fcfs').meta({
      description:
        'How a pod serves: by workers, by evenly shared cores, by threads under a CPU quota, or by an instance for each request.',
    }),
    concurrency: zPositiveCount.optional().meta({
      description:
        'Requests a pod serves at once; if left out one for each core, at least one, and no limit under processor-sharing and cfs.',
    }),
    queue: z
      .strictObject({
        limit: zCount.optional().meta({ description: 'Requests that may wait in a pod; no limit if left out.' }),
        patience: zDistribution.optional(),
        maxDelay: zPositiveDuration.optional().meta({
          description:
            'New requests are refused while the one at the head of the queue has waited longer; they are not if left out.',
        }),
      })
      .prefault({})
      .meta({ description: 'Requests that wait for a worker.' }),
    image: imageSchema,
    start: zDistribution.prefault({ lognormal: { p50: '10s', p95: '25s' } }),
    warmUp: podWarmUpSchema,
    setUp: zDistribution.prefault('0ms'),
    readiness: readinessSchema,
    startupProbe: startupProbeSchema,
    livenessProbe: livenessProbeSchema,
    termination: z
      .strictObject({ preStop: zDuration.prefault('0s'), grace: zDuration.prefault('30s') })
      .prefault({})
      .meta({ description: 'How a pod stops: the sleep before the signal, and the time until it is killed.' }),
  })
  .meta({ description: 'What every pod of the workload is.' });

const replicasSchema = z
  .union([
    zCount.transform((fixed) => ({ initial: fixed, min: fixed, max: Math.max(1, fixed) })),
    z.strictObject({ initial: zCount.optional(), min: zCount.prefault(1), max: zPositiveCount.prefault(100) }),
  ])
  .prefault({})
  .meta({ description: 'Bounds and start: { initial: 4, min: 2, max: 60 }, or one number that stays.' });

/** One workload: its pods, their number, what they do, and what decides about them. */
export function workloadSchema(registries: Registries) {
  return z
    .strictObject({
      pod: podSchema.prefault({}),
      group: machineGroupSchema.optional(),
      replicas: replicasSchema,
      ...disruptionFields,
      ...schedulingFields,
      balancer: balancerSchema,
      balance: balanceSchema(registries),
      activator: activatorSchema,
      consumes: consumesSchema,
      serve: z
        .strictObject(workFields)
        .prefault({})
        .meta({ description: 'What serving a request takes: CPU, a wait without CPU, and calls.' }),
      metrics: namedMetricsSchema.meta({
        description:
          'Metrics by expression that it can scale by, by name; about its own series where they do not say whose.',
      }),
      latencyBuckets: latencyBucketsSchema,
      scaling: choiceSchema(registries.policies, {
        key: 'policy',
        fallback: 'fixed',
        description: 'The horizontal policy and its own fields.',
      }),
      vertical: choiceSchema(registries.verticalPolicies, {
        key: 'policy',
        fallback: 'manifest',
        description: "What sets the pods' requests and limits, and its own fields.",
      }),
      forecaster: choiceSchema(registries.forecasters, {
        key: 'model',
        fallback: 'none',
        description: 'The forecaster and its own fields.',
      }),
    })
    .meta({ description: 'A group of equal pods behind a balancer, or at a queue.' });
}

/** A workload as written, units resolved and defaults filled in. */
export type WorkloadSection = z.output<ReturnType<typeof workloadSchema>>;
