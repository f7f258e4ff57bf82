import { z } from 'zod';
import type { EngineConfig } from '../domain/engine-config.js';
import { InputError } from '../domain/errors.js';
import type { RunIdentity } from '../domain/run-identity.js';
import { micros } from '../kernel/micros.js';
import { markFields, zConstraints } from './constraint-header.js';
import { zBalanceSettings } from './decision-parts-schema.js';

/**
 * The first line of a journal file: what a replay needs to know before the first fact.
 *
 * It stands before the numbered entries and outside their hash: the identity in it is what the hash is a consequence of.
 */
export interface JournalHeader {
  readonly identity: RunIdentity;
  readonly engine: EngineConfig;
}

const zAmount = z.number().min(0);
const zMicros = z.number().transform((value) => micros(value));
const zHashes = z.record(z.string(), z.string());
const zChoice = z.object({ name: z.string(), config: z.unknown() });

const poolFields = {
  name: z.string(),
  cpuMillis: zAmount,
  memoryMiB: zAmount,
  maxPods: zAmount,
  minNodes: zAmount,
  maxNodes: zAmount,
  ...markFields,
};

const zPodCount = z.union([z.strictObject({ count: zAmount }), z.strictObject({ share: zAmount })]);
const zBudget = z.strictObject({
  bound: z.union([z.strictObject({ minAvailable: zPodCount }), z.strictObject({ maxUnavailable: zPodCount })]),
  alwaysAllowUnready: z.literal(true).optional(),
});

const zBalance = z.strictObject({
  name: z.string(),
  config: z.unknown(),
  settings: zBalanceSettings.optional(),
  drain: z
    .strictObject({ order: z.enum(['controller', 'fewest-in-flight']), deadlineMicros: zMicros.optional() })
    .optional(),
});

const zDecaying = z.strictObject({
  referenceMicros: z.number().nullable(),
  bucketWeights: z.record(z.string(), zAmount),
  totalWeight: zAmount,
});
const zUsageHistory = z.strictObject({
  version: z.string(),
  firstSampleMicros: z.number().nullable(),
  lastSampleMicros: z.number().nullable(),
  samples: zAmount,
  cpu: zDecaying,
  memory: zDecaying,
});

const podFields = {
  name: z.string(),
  cpuRequestMillis: zAmount.nullable(),
  memoryRequestMiB: zAmount.nullable(),
  pool: z.string().optional(),
  disruptionBudget: zBudget.optional(),
  scheduling: zConstraints.optional(),
};

/** Strict: a key that were dropped in silence would make another engine. */
const zEngine = z.strictObject({
  originEpochMicros: z.number(),
  collector: z.strictObject({ windowMicros: zMicros, staleAfterMicros: zMicros }),
  metrics: z
    .array(
      z.strictObject({
        name: z.string(),
        workload: z.string().nullable(),
        expr: z.string(),
        smoothingMicros: zMicros.nullable(),
        staleAfterMicros: zMicros,
        missing: z.union([
          z.strictObject({ do: z.enum(['fail', 'hold', 'ignore', 'zero']) }),
          z.strictObject({ do: z.literal('last'), forMicros: zMicros }),
        ]),
      }),
    )
    .optional(),
  quota: z.strictObject({ pods: zAmount.nullable(), cpuMillis: zAmount.nullable(), memoryMiB: zAmount.nullable() }),
  budget: z
    .strictObject({
      perHour: zAmount,
      standingPerHour: zAmount,
      fixedNodesPerHour: zAmount,
      corePerHour: zAmount,
      gibPerHour: zAmount,
      podPerHour: zAmount,
      machines: z.record(z.string(), zAmount),
    })
    .optional(),
  workloads: z.array(
    z.strictObject({
      ...podFields,
      minReplicas: zAmount,
      maxReplicas: zAmount,
      policy: zChoice,
      forecaster: zChoice,
      queue: z.string().optional(),
      cpuLimitMillis: zAmount.optional(),
      memoryLimitMiB: zAmount.optional(),
      vertical: zChoice.optional(),
      usageHistory: zUsageHistory.optional(),
      balance: zBalance.optional(),
    }),
  ),
  headroom: z.array(z.strictObject(podFields)).optional(),
  nodePools: z.array(z.strictObject({ ...poolFields, policy: zChoice })).optional(),
  nodeScaler: z
    .strictObject({
      name: z.string(),
      config: z.unknown(),
      seed: z.number(),
      pools: z.array(
        z.strictObject({
          ...poolFields,
          instanceType: z.string(),
          reserved: z.strictObject({ cpuMillis: zAmount, memoryMiB: zAmount }).optional(),
          pricePerHour: zAmount,
          nodePool: z.string(),
          zone: z.string().optional(),
        }),
      ),
    })
    .optional(),
});

const zHeader = z.object({
  header: z.object({
    format: z.literal(1),
    identity: z.object({
      scenario: z.string(),
      scenarioHash: z.string(),
      traceHashes: zHashes,
      seed: z.number(),
      catalogueHash: z.string(),
      modelHashes: zHashes,
      pluginHashes: zHashes,
      backend: z.string(),
      version: z.string(),
    }),
    engine: zEngine,
  }),
});

/** Writes a header as one line, without its line feed. */
export function writeJournalHeader({ identity, engine }: JournalHeader): string {
  return JSON.stringify({ header: { format: 1, identity, engine } });
}

/** Reads the first line of a journal; throws InputError where it is no header. */
export function readJournalHeader(line: string, source: string): JournalHeader {
  const read = zHeader.safeParse(parsed(line));
  if (read.success) return read.data.header;
  const found = line.length > 60 ? `${line.slice(0, 60)}...` : line;
  throw new InputError(
    { source, line: 1 },
    `must begin with the header of a journal, was ${JSON.stringify(found)}`,
    'Give a journal.jsonl.gz that hindcast run has written, or its folder.',
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
