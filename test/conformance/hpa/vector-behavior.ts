import { z } from 'zod';
import { type ScalingRules } from '../../../src/engine/policy/hpa/hpa-behavior.js';
import { type Micros, seconds } from '../../../src/kernel/micros.js';
import { zSeconds, zTime } from './vector-numbers.js';

const zPolicy = z.looseObject({ type: z.enum(['Pods', 'Percent']), value: z.number(), periodSeconds: zSeconds });

/** Rules of one direction; a window of null is the controller's own. */
export const zVectorRules = z.looseObject({
  stabilizationWindowSeconds: z.number().nullable().default(null),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).nullish(),
  policies: z.array(zPolicy).default([]),
  tolerance: z.number().nullish(),
});

/** Changes of replicas in the past. */
export const zVectorEvents = z
  .array(z.looseObject({ replicaChange: z.number(), time: zTime }))
  .default([])
  .transform((events) => events.map(({ replicaChange, time }) => ({ change: replicaChange, at: time })));

/** Recommendations of the past. */
export const zVectorRecommendations = z
  .array(z.looseObject({ recommendation: z.number(), time: zTime }))
  .transform((log) => log.map(({ recommendation, time }) => ({ replicas: recommendation, at: time })));

const selects = { Max: 'max', Min: 'min', Disabled: 'disabled' } as const;
const types = { Pods: 'pods', Percent: 'percent' } as const;

/** The rules as the algorithm takes them. */
export function rulesOf(rules: z.output<typeof zVectorRules>, ownWindow: Micros): ScalingRules {
  const { stabilizationWindowSeconds, selectPolicy, policies, tolerance } = rules;
  return {
    stabilizationMicros: stabilizationWindowSeconds === null ? ownWindow : seconds(stabilizationWindowSeconds),
    select: selects[selectPolicy ?? 'Max'],
    policies: policies.map(({ type, value, periodSeconds }) => ({
      type: types[type],
      value,
      periodMicros: periodSeconds,
    })),
    tolerance: tolerance ?? null,
  };
}
