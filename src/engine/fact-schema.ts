import { z } from 'zod';
import type { Fact } from '../domain/fact.js';
import { micros } from '../kernel/micros.js';

/** JSON writes a number that is not finite as null; the engine has to see it as the garbage that it was. */
const zNumber = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);
const zTime = zNumber.transform(micros);
const zColumn = z.array(zNumber);

const at = { at: zTime };
const pod = { at: zTime, workload: z.string(), pod: z.string() };
const scrape = { at: zTime, workload: z.string(), scrapedAt: zTime };
const why = { reason: z.string() };

const zAmount = z.number().nullable();
const zResources = z.strictObject({
  cpuRequestMillis: zAmount,
  cpuLimitMillis: zAmount,
  memoryRequestMiB: zAmount,
  memoryLimitMiB: zAmount,
});

const zTaint = z.strictObject({
  key: z.string(),
  value: z.string(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

/** A fact as a journal holds it. */
export const zFact: z.ZodType<Fact> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('replicasSet'), ...at, workload: z.string(), replicas: zNumber }),
  z.strictObject({
    type: z.literal('podCreated'),
    ...pod,
    resources: zResources.optional(),
    revision: zNumber.optional(),
  }),
  z.strictObject({ type: z.literal('rolloutBegan'), ...at, workload: z.string(), revision: zNumber }),
  z.strictObject({ type: z.literal('podResourcesSet'), ...at, workload: z.string(), resources: zResources }),
  z.strictObject({ type: z.literal('podResized'), ...pod, resources: zResources }),
  z.strictObject({
    type: z.literal('podResizeRefused'),
    ...pod,
    cause: z.enum(['deferred', 'infeasible']),
    ...why,
  }),
  z.strictObject({ type: z.literal('podEvictionRefused'), ...pod, ...why }),
  z.strictObject({ type: z.literal('containerOomKilled'), ...pod, memoryMiB: zNumber }),
  z.strictObject({
    type: z.literal('containerExited'),
    ...pod,
    cause: z.enum(['OutOfMemoryError', 'StartError']),
    ...why,
  }),
  z.strictObject({ type: z.literal('podScheduled'), ...pod, node: z.string() }),
  z.strictObject({ type: z.literal('podFoundUnschedulable'), ...pod, ...why }),
  z.strictObject({ type: z.literal('podNominated'), ...pod, node: z.string().nullable() }),
  z.strictObject({ type: z.literal('podStarted'), ...pod }),
  z.strictObject({ type: z.literal('podBecameReady'), ...pod }),
  z.strictObject({ type: z.literal('podBecameUnready'), ...pod, ...why }),
  z.strictObject({ type: z.literal('podBeganTerminating'), ...pod, ...why }),
  z.strictObject({ type: z.literal('podRemoved'), ...pod, ...why }),
  z.strictObject({
    type: z.literal('nodeBecameReady'),
    ...at,
    node: z.string(),
    instanceType: z.string(),
    cpuMillis: zNumber,
    memoryMiB: zNumber,
    maxPods: zNumber,
    zone: z.string().optional(),
    cpuSpeed: zNumber.optional(),
    labels: z.record(z.string(), z.string()).optional(),
    taints: z.array(zTaint).optional(),
  }),
  z.strictObject({ type: z.literal('nodeLost'), ...at, node: z.string() }),
  z.strictObject({ type: z.literal('nodeCountSet'), ...at, pool: z.string(), nodes: zNumber }),
  z.strictObject({ type: z.literal('nodeLaunched'), ...at, node: z.string(), pool: z.string() }),
  z.strictObject({
    type: z.literal('nodeLaunchFailed'),
    ...at,
    node: z.string(),
    pool: z.string(),
    reason: z.string(),
  }),
  z.strictObject({ type: z.literal('nodeBeganDraining'), ...at, node: z.string(), ...why }),
  z.strictObject({ type: z.literal('nodeRemoved'), ...at, node: z.string(), ...why }),
  z.strictObject({
    type: z.literal('podsScraped'),
    ...scrape,
    pods: z.array(z.string()),
    cpuMicros: zColumn,
    memoryMiB: zColumn,
    inFlight: zColumn,
    heap: z.strictObject({ liveMiB: zColumn, nonHeapMiB: zColumn, fillMiBPerSecond: zColumn }).optional(),
    responses: z
      .strictObject({ le: zColumn, ok: zColumn, errors: zColumn, sumMicros: zColumn, buckets: z.array(zColumn) })
      .optional(),
    answered: zColumn.optional(),
    answerMicros: zColumn.optional(),
  }),
  z.strictObject({
    type: z.literal('trafficScraped'),
    ...scrape,
    requests: zNumber,
    errors: zNumber,
    queueLength: zNumber,
    inFlight: zNumber,
    queue: z.strictObject({ messages: zNumber, ageSeconds: zNumber, published: zNumber }).optional(),
  }),
  z.strictObject({ type: z.literal('ticked'), ...at }),
]);
