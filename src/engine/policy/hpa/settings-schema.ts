import { z } from 'zod';
import { micros } from '../../../kernel/micros.js';
import type { HpaSettings } from './hpa-config.js';

const zMicros = z.number().transform((value) => micros(value));
const zFraction = z.number().min(0);

const zTarget = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('utilization'), percent: z.number() }),
  z.strictObject({ type: z.literal('averageValue'), milli: z.number() }),
  z.strictObject({ type: z.literal('value'), milli: z.number() }),
  z.strictObject({ type: z.literal('unset') }),
]);

const zMetric = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('resource'),
    resource: z.enum(['cpu', 'memory']),
    container: z.string().nullable(),
    target: zTarget,
  }),
  z.strictObject({ kind: z.enum(['pods', 'object', 'external']), metric: z.string(), target: zTarget }),
  z.strictObject({ kind: z.literal('unknown'), type: z.string() }),
]);

const zRules = z.strictObject({
  stabilizationMicros: zMicros,
  select: z.enum(['max', 'min', 'disabled']),
  policies: z.array(z.strictObject({ type: z.enum(['pods', 'percent']), value: z.number(), periodMicros: zMicros })),
  tolerance: zFraction.nullable(),
});

/** What a horizontal pod autoscaler runs on, after every notation has been read: accepts what `zHpa` gives. */
export const zHpaSettings: z.ZodType<HpaSettings> = z.strictObject({
  semantics: z.enum(['head', '1.20']),
  metrics: z.array(zMetric),
  behavior: z.strictObject({ scaleUp: zRules, scaleDown: zRules }).nullable(),
  tolerance: zFraction,
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
