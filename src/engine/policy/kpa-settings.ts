import { z } from 'zod';
import type { Micros } from '../../kernel/micros.js';
import type { KpaSpec } from './kpa/kpa-spec.js';
import type { RevisionLimits } from './kpa/scale-revision.js';

const zMicros = z.custom<Micros>(Number.isSafeInteger, { message: 'must be whole microseconds' });

const zSpec: z.ZodType<KpaSpec, KpaSpec> = z.strictObject({
  target: z.number().positive(),
  total: z.number().positive(),
  targetBurstCapacity: z.number(),
  panicThreshold: z.number().positive(),
  maxScaleUpRate: z.number(),
  maxScaleDownRate: z.number(),
  stableWindow: zMicros,
  scaleDownDelay: zMicros,
  activationScale: z.int(),
  reachable: z.boolean(),
});

/** Limits of a revision but for the bounds of its workload. */
const zZero: z.ZodType<
  Omit<RevisionLimits, 'minScale' | 'maxScale'>,
  Omit<RevisionLimits, 'minScale' | 'maxScale'>
> = z.strictObject({
  initialScale: z.int(),
  scaleToZero: z.boolean(),
  stableWindow: zMicros,
  gracePeriod: zMicros,
  podRetention: zMicros,
  activationTimeout: zMicros,
});

/** What the `kpa` policy runs on, after every notation has been read and every default filled in; plain values. */
export const zKpaSettings = z.strictObject({
  metric: z.enum(['concurrency', 'rps']),
  spec: zSpec,
  zero: zZero,
  panicWindow: zMicros,
  average: z.enum(['linear', 'weighted']),
});

/** What the `kpa` policy runs on. */
export type KpaSettings = z.output<typeof zKpaSettings>;
