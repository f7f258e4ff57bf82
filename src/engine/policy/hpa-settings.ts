import { z } from 'zod';
import type { Micros } from '../../kernel/micros.js';
import type { HpaBehavior, ScalingRules } from './hpa/hpa-behavior.js';
import type { HpaSettings } from './hpa/hpa-config.js';
import type { HpaMetric, MetricTarget } from './hpa/hpa-metric.js';

const zMicros = z.custom<Micros>(Number.isSafeInteger, { message: 'must be whole microseconds' });

const zRules: z.ZodType<ScalingRules, ScalingRules> = z.strictObject({
  stabilizationMicros: zMicros,
  select: z.enum(['max', 'min', 'disabled']),
  policies: z.array(
    z.strictObject({ type: z.enum(['pods', 'percent']), value: z.int().min(1), periodMicros: zMicros }),
  ),
  tolerance: z.number().nullable(),
});

const zBehavior: z.ZodType<HpaBehavior, HpaBehavior> = z.strictObject({ scaleUp: zRules, scaleDown: zRules });

const zTarget: z.ZodType<MetricTarget, MetricTarget> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('utilization'), percent: z.int().min(1) }),
  z.strictObject({ type: z.literal('averageValue'), milli: z.int().min(1) }),
  z.strictObject({ type: z.literal('value'), milli: z.int().min(1) }),
]);

const zMetric: z.ZodType<HpaMetric, HpaMetric> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('resource'),
    resource: z.enum(['cpu', 'memory']),
    container: z.string().nullable(),
    target: zTarget,
  }),
  z.strictObject({ kind: z.enum(['pods', 'external']), metric: z.string(), target: zTarget }),
  z.strictObject({ kind: z.literal('object'), metric: z.string(), describedObject: z.string(), target: zTarget }),
]);

/** What the `hpa` policy runs on, after every notation has been read and every default filled in; plain values. */
export const zHpaSettings: z.ZodType<HpaSettings, HpaSettings> = z.strictObject({
  semantics: z.enum(['head', '1.20']),
  metrics: z.array(zMetric).min(1),
  behavior: zBehavior.nullable(),
  tolerance: z.number(),
  syncPeriodMicros: zMicros,
  downscaleStabilizationMicros: zMicros,
  cpuInitializationMicros: zMicros,
  initialReadinessDelayMicros: zMicros,
  scaleUpLimit: z.strictObject({ factor: z.number(), minimum: z.number() }),
  gates: z.strictObject({
    configurableTolerance: z.boolean(),
    podLevelResources: z.boolean(),
    scaleToZero: z.boolean(),
  }),
});
