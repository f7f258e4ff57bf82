import { z } from 'zod';
import { micros } from '../kernel/micros.js';

const zNumbers = z.record(z.string(), z.union([z.number(), z.string()]));
const zMicros = z.number().transform((value) => micros(value));
const zAmount = z.number().nullable();
const zResources = z.object({
  cpuRequestMillis: zAmount,
  cpuLimitMillis: zAmount,
  memoryRequestMiB: zAmount,
  memoryLimitMiB: zAmount,
});
const zRecommendation = z.object({ lower: z.number(), target: z.number(), upper: z.number() }).nullable();

/** What was decided about requests and limits, as a journal holds it. */
export const zVerticalDecision = z.object({
  policy: z.string(),
  recommendation: z.object({ cpu: zRecommendation, memory: zRecommendation }),
  from: zResources,
  template: zResources,
  evict: z.array(z.string()),
  resize: z.array(z.string()),
  rules: z.array(
    z.object({
      rule: z.string(),
      resource: z.enum(['cpu', 'memory']),
      before: z.number(),
      after: z.number(),
      numbers: zNumbers,
    }),
  ),
  reason: z.string(),
});

/** Settings of balancers, as a journal holds them. */
export const zBalanceSettings = z.strictObject({
  health: z.strictObject({ intervalMicros: zMicros, fall: z.number(), rise: z.number() }).optional(),
  slowStart: z.strictObject({ windowMicros: zMicros, minWeight: z.number(), aggression: z.number() }).optional(),
  outlierEjection: z
    .strictObject({
      consecutiveErrors: z.number(),
      intervalMicros: zMicros,
      baseEjectionMicros: zMicros,
      maxEjectionMicros: zMicros,
      maxEjected: z.number(),
      alwaysEjectOne: z.boolean().optional(),
      panicThreshold: z.number(),
    })
    .optional(),
});

const zWeights = z.record(z.string(), z.number());
const zSplit = z.union([
  z.object({ by: z.enum(['pod', 'revision']), weights: zWeights }),
  z.object({ by: z.literal('zone'), hints: z.record(z.string(), z.string()) }),
]);

/** What was decided about balancers, as a journal holds it. */
export const zBalanceDecision = z.object({
  policy: z.string(),
  split: z.object({ from: zSplit.nullable(), to: zSplit }).optional(),
  revisions: zWeights.optional(),
  settings: zBalanceSettings.optional(),
  drain: z.object({ order: z.array(z.string()), deadlineSeconds: z.number().nullable() }).optional(),
  rules: z.array(z.object({ rule: z.string(), numbers: zNumbers })),
  reason: z.string(),
});
