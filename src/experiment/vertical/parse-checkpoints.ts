import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '../../domain/errors.js';
import type { UsageCheckpoint } from '../../domain/usage-history.js';
import { checkpointVersion, UsageAggregate } from '../../engine/vertical/vpa/usage-aggregate.js';
import { maxCheckpointWeight } from '../../engine/vertical/vpa/histogram-checkpoint.js';
import { microsOfIso } from './iso-micros.js';

const zInstant = z
  .string()
  .transform((text, context) => {
    const micros = microsOfIso(text);
    if (micros !== null) return micros;
    context.addIssue({ code: 'custom', message: 'must be an instant as 2026-01-05T12:03:15Z' });
    return z.NEVER;
  })
  .nullable()
  .default(null);

const zHistogram = z
  .object({
    referenceTimestamp: zInstant,
    bucketWeights: z.record(z.string(), z.int().min(0).max(maxCheckpointWeight)).default({}),
    totalWeight: z.number().min(0).default(0),
  })
  .refine(({ referenceTimestamp, totalWeight }) => referenceTimestamp !== null || totalWeight === 0, {
    message: 'must have a referenceTimestamp',
  });

const zCheckpoint = z.object({
  kind: z.literal('VerticalPodAutoscalerCheckpoint'),
  spec: z.object({ vpaObjectName: z.string(), containerName: z.string() }),
  status: z
    .object({
      version: z.literal(checkpointVersion),
      firstSampleStart: zInstant,
      lastSampleStart: zInstant,
      totalSamplesCount: z.int().min(1),
      cpuHistogram: zHistogram,
      memoryHistogram: zHistogram,
    })
    .transform((status): UsageCheckpoint => ({
      version: status.version,
      firstSampleMicros: status.firstSampleStart,
      lastSampleMicros: status.lastSampleStart,
      samples: status.totalSamplesCount,
      cpu: asKept(status.cpuHistogram),
      memory: asKept(status.memoryHistogram),
    })),
});

const zObjects = z.union([
  z
    .object({ items: z.array(z.looseObject({ kind: z.string() })).min(1) })
    .transform(({ items }) => items.map((object, i) => ({ object, at: `items[${i}]` }))),
  z.looseObject({ kind: z.string() }).transform((object) => [{ object, at: '' }]),
]);

function asKept({ referenceTimestamp, bucketWeights, totalWeight }: z.output<typeof zHistogram>) {
  return { referenceMicros: referenceTimestamp, bucketWeights, totalWeight };
}

const HINT =
  'Give a vpa-checkpoint.json that hindcast run has written, or kubectl get verticalpodautoscalercheckpoints -o json.';

/**
 * The history of a workload from the text of one or several VerticalPodAutoscalerCheckpoints, in JSON or YAML: that of a VPA of the workload's
 * name, else the only one there is. Instants in microseconds since 1970. Throws InputError, naming the file and the field.
 */
export function parseCheckpoint(text: string, shown: string, workload: string): UsageCheckpoint {
  const place = { source: shown };
  const objects = zObjects.safeParse(parsed(text, shown));
  if (!objects.success) throw new InputError(place, 'must hold a VerticalPodAutoscalerCheckpoint', HINT);
  const known = objects.data.map(({ object, at }) => checkpointOf(object, at, shown));
  const own = known.filter(({ spec }) => spec.vpaObjectName === workload);
  const meant = own.length > 0 ? own : known;
  if (meant.length === 1) return meant[0].status;
  const names = meant.map(({ spec }) => `${spec.vpaObjectName}/${spec.containerName}`).join(', ');
  throw new InputError(
    place,
    `must hold one checkpoint for ${workload}, held ${names}`,
    `Leave only the one that is meant, or name its VPA ${workload} (spec.vpaObjectName).`,
  );
}

function parsed(text: string, shown: string): unknown {
  try {
    return parse(text, { schema: 'core' });
  } catch (cause) {
    const [line] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new InputError({ source: shown }, `must be JSON or YAML: ${line.replace(/:$/, '')}`, HINT);
  }
}

function checkpointOf(object: unknown, at: string, shown: string): z.output<typeof zCheckpoint> {
  const read = zCheckpoint.safeParse(object);
  if (!read.success) {
    const [{ path, message }] = read.error.issues;
    const field = [at, ...path.map(String)].filter((step) => step !== '').join('.');
    throw new InputError({ source: shown, path: field }, lowered(message), HINT);
  }
  const objection = UsageAggregate.empty({ cpuMicros: 1, memoryMicros: 1 }).load(read.data.status);
  if (objection !== null)
    throw new InputError(
      { source: shown, path: [at, 'status'].filter((step) => step !== '').join('.') },
      `cannot be used: ${objection}`,
      HINT,
    );
  return read.data;
}

function lowered(message: string): string {
  return message
    .replace(/^Invalid input: expected/, 'must be')
    .replace(/^Invalid/, 'is an invalid')
    .replace(/^Too (big|small): expected number to be /, 'must be ')
    .replace(/, received/, ', was');
}
