import { z } from 'zod';
import type { FaultSpec } from '../../domain/fault-spec.js';
import { zCpu, zDuration, zShare, zTimes } from '../../domain/quantity.js';
import { namedNetworkFault, networkFaultFields } from './network-fault.js';
import { capacityShortageFields, failedBootFields, namedFailedBoot, namedShortage } from './supply-fault.js';

const at = zDuration.meta({ description: 'When, from the end of the warm-up.' });
const duration = zDuration
  .refine((value) => value > 0, { message: 'must be above 0' })
  .meta({ description: 'For how long.' });
const zName = z.string().min(1);
const zCount = z.number().int().min(1).max(100_000);
const zFactor = zTimes.refine((value) => value > 0, { message: 'must be above 0' });

const zHowMany = z
  .union([zCount.transform((count) => ({ count })), zShare.transform((share) => ({ share }))])
  .meta({ description: 'how many, as 3 or 20%' });

const zPods = z
  .strictObject({
    pods: zHowMany,
    of: zName.meta({ description: 'Workload.' }),
  })
  .transform(({ pods, of }) => ({ workload: of, pods }));

const killSchema = z
  .strictObject({ at, kill: z.union([zPods, z.strictObject({ nodes: zCount })]) })
  .transform(({ kill, at }): FaultSpec =>
    'nodes' in kill ? { kind: 'killNode', at, count: kill.nodes } : { kind: 'killPods', at, ...kill },
  );

const crashSchema = z
  .strictObject({ at, crash: zPods })
  .transform(({ crash, at }): FaultSpec => ({ kind: 'crashPods', at, ...crash }));

const restartSchema = z
  .strictObject({ at, restart: z.strictObject({ of: zName }) })
  .transform(({ restart, at }): FaultSpec => ({ kind: 'restartPods', at, workload: restart.of }));

const metricFaults = {
  outage: 'metricOutage',
  freeze: 'metricFreeze',
  stuck: 'metricStuck',
  doubled: 'metricDoubled',
} as const;

const metricsSchema = z
  .strictObject({ at, metrics: z.enum(['outage', 'freeze', 'stuck', 'doubled']), for: duration })
  .transform((fault): FaultSpec => ({
    kind: metricFaults[fault.metrics],
    at: fault.at,
    durationMicros: fault.for,
  }));

const missingSamplesSchema = z
  .strictObject({ at, missingSamples: zPods, for: duration })
  .transform((fault): FaultSpec => ({
    kind: 'missingSamples',
    at: fault.at,
    durationMicros: fault.for,
    ...fault.missingSamples,
  }));

const zoneOutageSchema = z
  .strictObject({
    at,
    zoneOutage: zName.meta({ description: 'Zone of nodes, as us-east-1a.' }),
    for: duration.optional().meta({ description: 'Until the nodes are back; never if left out.' }),
  })
  .transform((fault): FaultSpec => ({
    kind: 'zoneOutage',
    at: fault.at,
    zone: fault.zoneOutage,
    durationMicros: fault.for ?? null,
  }));

const slowStartSchema = z
  .strictObject({ at, slowStart: z.strictObject({ of: zName, factor: zFactor }), for: duration })
  .transform((fault): FaultSpec => ({
    kind: 'slowStart',
    at: fault.at,
    durationMicros: fault.for,
    workload: fault.slowStart.of,
    factor: fault.slowStart.factor,
  }));

const slowDependencySchema = z
  .strictObject({ at, slowDependency: z.strictObject({ of: zName, factor: zFactor }), for: duration })
  .transform((fault): FaultSpec => ({
    kind: 'slowDependency',
    at: fault.at,
    durationMicros: fault.for,
    dependency: fault.slowDependency.of,
    factor: fault.slowDependency.factor,
  }));

const loseCapacitySchema = z
  .strictObject({ at, loseCapacity: z.strictObject({ of: zName, share: zShare }), for: duration })
  .transform((fault): FaultSpec => ({
    kind: 'loseCapacity',
    at: fault.at,
    durationMicros: fault.for,
    workload: fault.loseCapacity.of,
    share: fault.loseCapacity.share,
  }));

const networkSchema = z
  .strictObject({ at, network: networkFaultFields, for: duration })
  .transform((fault) => namedNetworkFault({ at: fault.at, durationMicros: fault.for }, fault.network));

const noisyNeighbourSchema = z
  .strictObject({
    at,
    noisyNeighbour: z.strictObject({
      nodes: z
        .union([zCount.transform((count) => ({ count })), zShare.transform((share) => ({ share }))])
        .meta({ description: 'On how many nodes, as 1 or 25%.' }),
      cpu: zCpu.meta({ description: 'Cores that its threads could use, as 8.' }),
      request: zCpu.prefault('0').meta({ description: 'Its CPU request, which gives it its weight.' }),
    }),
    for: duration,
  })
  .transform(({ noisyNeighbour: { nodes, cpu, request }, ...fault }): FaultSpec => ({
    kind: 'noisyNeighbour',
    at: fault.at,
    durationMicros: fault.for,
    nodes,
    cores: cpu / 1000,
    cpuRequestMillis: request,
  }));

const errorsSchema = z
  .strictObject({
    at,
    errors: z.strictObject({
      pods: zHowMany,
      of: zName.meta({ description: 'Workload.' }),
      share: zShare
        .refine((value) => value > 0, { message: 'must be above 0%' })
        .prefault('100%')
        .meta({ description: 'Share of the requests of such a pod that it answers with an error.' }),
    }),
    for: duration,
  })
  .transform((fault): FaultSpec => ({
    kind: 'answerErrors',
    at: fault.at,
    durationMicros: fault.for,
    workload: fault.errors.of,
    pods: fault.errors.pods,
    share: fault.errors.share,
  }));

const capacityShortageSchema = z
  .strictObject({ at, capacityShortage: capacityShortageFields, for: duration })
  .transform((fault) => namedShortage({ at: fault.at, durationMicros: fault.for }, fault.capacityShortage));

const failedBootSchema = z
  .strictObject({ at, failedBoot: failedBootFields, for: duration })
  .transform((fault) => namedFailedBoot({ at: fault.at, durationMicros: fault.for }, fault.failedBoot));

/** Something that goes wrong at a known time; the key beside `at` says what. */
export const faultSchema = z
  .union([
    killSchema,
    crashSchema,
    restartSchema,
    zoneOutageSchema,
    metricsSchema,
    missingSamplesSchema,
    slowStartSchema,
    slowDependencySchema,
    loseCapacitySchema,
    networkSchema,
    noisyNeighbourSchema,
    errorsSchema,
    capacityShortageSchema,
    failedBootSchema,
  ])
  .meta({ description: 'Something that goes wrong at a known time.' });
