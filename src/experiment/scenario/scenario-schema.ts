import { z } from 'zod';
import { zDuration, zPercent, zPositiveDuration } from '../../domain/quantity.js';
import { answerSchema } from './answer-schema.js';
import { faultSchema } from './fault-schema.js';
import {
  billingSchema,
  budgetSchema,
  clusterSchema,
  daemonSetSchema,
  dependencySchema,
  metricsSchema,
  nodeAutoscalerSchema,
  nodePoolSchema,
  quotaSchema,
} from './infrastructure-schema.js';
import { guessesSchema } from './guess-schema.js';
import { headroomSchema } from './headroom-schema.js';
import { limitRangeSchema } from './limit-range-schema.js';
import { networkSchema } from './network-schema.js';
import type { Registries } from '../../engine/registries.js';
import { queueSchema } from './queue-schema.js';
import { trafficSchema } from './traffic-schema.js';
import { seedsSchema, variantsSchema } from './variants-schema.js';
import { workloadSchema } from './workload-schema.js';

const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/;
const zEntityName = z
  .string()
  .regex(namePattern, { message: 'must be a name of letters, digits, - and _ that starts with a letter' });
const isoWithZone = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

const startSchema = z
  .string()
  .refine((text) => isoWithZone.test(text) && Number.isFinite(Date.parse(text)), {
    message: 'must be a date and time with its zone, as 2026-01-05T00:00:00Z',
  })
  .meta({ description: 'a date and time with its zone, as 2026-01-05T00:00:00Z' });

const sloSchema = z
  .strictObject({
    latency: zPositiveDuration.prefault('500ms').meta({ description: 'A served request must be no slower than this.' }),
    target: zPercent
      .refine((value) => value > 0 && value < 1, { message: 'must be above 0% and below 100%' })
      .prefault('99%')
      .meta({ description: 'Share of the requests that must be served within it.' }),
  })
  .prefault({})
  .meta({ description: 'The objective.' });

/** The schema of a whole scenario, composed of the sections that the layers and the registered extensions own. */
export function scenarioSchema(registries: Registries) {
  return z
    .strictObject({
      $schema: z.string().optional().meta({ description: 'For editors.' }),
      extends: z.string().optional().meta({
        description: 'Another scenario file, by its path from this one, whose values this one takes over or changes.',
      }),
      name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, {
          message: 'must be letters, digits, dots, - and _, as it names a folder',
        })
        .optional()
        .meta({ description: 'Name of the run and of its folder; that of the file if left out.' }),
      question: z.string().prefault('').meta({ description: 'What the run shall answer.' }),
      answer: answerSchema,
      seed: z
        .number()
        .int()
        .min(0)
        .prefault(1)
        .meta({ description: 'Any whole number; the same seed gives the same run.' }),
      seeds: seedsSchema,
      start: startSchema.optional().meta({
        description: 'Calendar time of the end of the warm-up; that of the first trace, else 2026-01-05T00:00:00Z.',
      }),
      duration: zPositiveDuration.meta({ description: 'Length of the run without the warm-up, as 24h.' }),
      warmUp: zDuration.prefault('10m').meta({ description: 'Simulated first, not counted.' }),
      step: zPositiveDuration.optional().meta({
        description: 'Length of a row of the series; 5s or more, so that there are at most ten thousand, if left out.',
      }),
      tick: zPositiveDuration.prefault('15s').meta({ description: "Period of the engine's control loop." }),
      slo: sloSchema,
      thresholds: z.array(z.string()).prefault([]).meta({
        description: 'Conditions on the result, as latencyMs.p99 < 400; a run that misses one ends with exit code 99.',
      }),
      traffic: z.array(trafficSchema).min(1),
      workloads: z.record(zEntityName, workloadSchema(registries)),
      dependencies: z.record(zEntityName, dependencySchema).prefault({}),
      queues: z.record(zEntityName, queueSchema).optional().meta({ description: 'Queues of brokers, by name.' }),
      nodes: z.array(nodePoolSchema(registries.nodePolicies)).prefault([]),
      nodeAutoscaler: nodeAutoscalerSchema(registries.nodeScalers),
      daemonSets: z.record(zEntityName, daemonSetSchema).prefault({}),
      headroom: z.record(zEntityName, headroomSchema).optional().meta({
        description: 'Pods that do nothing but hold room, by name, until others drive them out.',
      }),
      quota: quotaSchema,
      budget: budgetSchema,
      limitRange: limitRangeSchema,
      network: networkSchema,
      metrics: metricsSchema,
      cluster: clusterSchema,
      faults: z.array(faultSchema).prefault([]),
      billing: billingSchema,
      variants: variantsSchema,
      measured: z.record(z.string(), z.string().min(1)).optional().meta({
        description:
          'Values that were measured, by their path, as workloads.web.serve.cpu, and how; the report counts all others as guesses.',
      }),
      guesses: guessesSchema,
      expected: z
        .record(z.string(), z.json())
        .optional()
        .meta({ description: 'Parts of the result that a golden test compares; they do not change the run.' }),
    })
    .meta({
      title: 'Hindcast scenario',
      description: 'Traffic, workloads and the world that an autoscaling engine is tried in.',
    });
}

/** A scenario as written, units resolved and defaults filled in. */
export type Scenario = z.output<ReturnType<typeof scenarioSchema>>;
