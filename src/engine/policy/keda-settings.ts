import { z } from 'zod';
import { zRecurrence } from '../../domain/schedule/recurrence.js';
import type { Micros } from '../../kernel/micros.js';
import { zHpaSettings } from './hpa-settings.js';
import type { Fallback } from './keda/fallback.js';
import type { ExternalTrigger } from './keda/trigger.js';

const zMicros = z.custom<Micros>(Number.isSafeInteger, { message: 'must be whole microseconds' });

const zTrigger: z.ZodType<ExternalTrigger, ExternalTrigger> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('metric'),
    name: z.string(),
    metric: z.string(),
    workload: z.string().nullable(),
    targetMilli: z.int().min(1),
    metricType: z.literal('Value').optional(),
    activation: z.number(),
  }),
  z.strictObject({
    kind: z.literal('cron'),
    name: z.string(),
    start: zRecurrence,
    end: zRecurrence,
    utcOffsetMicros: z.number(),
    desiredReplicas: z.int().min(1),
  }),
]);

const zFallback: z.ZodType<Fallback, Fallback> = z.strictObject({
  failureThreshold: z.int().min(0),
  replicas: z.int().min(0),
  behavior: z.enum([
    'static',
    'currentReplicas',
    'currentReplicasIfHigher',
    'currentReplicasIfLower',
    'scalingModifiers',
  ]),
});

/** What the `keda` policy runs on, after every notation has been read and every default filled in; plain values. */
export const zKedaSettings = z.strictObject({
  /** Null takes the bounds of the workload. */
  minReplicas: z.int().min(0).nullable(),
  maxReplicas: z.int().min(1).nullable(),
  idleReplicas: z.literal(0).nullable(),
  pollingInterval: zMicros,
  cooldown: zMicros,
  initialCooldown: zMicros,
  /** Triggers that KEDA reads itself; those on CPU and memory are among the metrics of `hpa` alone. */
  triggers: z.array(zTrigger),
  fallback: zFallback.nullable(),
  modifiers: z
    .strictObject({
      formula: z.string(),
      target: z.number().positive(),
      metricType: z.enum(['AverageValue', 'Value']),
      activationTarget: z.number(),
    })
    .nullable(),
  /** The autoscaler between one replica and the most; its external metrics are the triggers, or the formula. */
  hpa: zHpaSettings,
});

/** What the `keda` policy runs on. */
export type KedaSettings = z.output<typeof zKedaSettings>;
