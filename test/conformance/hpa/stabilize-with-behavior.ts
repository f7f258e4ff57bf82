import { z } from 'zod';
import { stabilizeBoth } from '../../../src/engine/policy/hpa/stabilize-both.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { zVectorRecommendations } from './vector-behavior.js';
import { now, zSeconds } from './vector-numbers.js';

const zCase = z.looseObject({
  input: z.looseObject({
    recommendations: zVectorRecommendations.default([]),
    currentReplicas: z.number(),
    desiredReplicas: z.number(),
    scaleUpStabilizationWindowSeconds: zSeconds,
    scaleDownStabilizationWindowSeconds: zSeconds,
  }),
  expect: z.strictObject({ replicas: z.number(), storedRecommendations: z.array(z.number()).optional() }),
});

/** The windows for both directions, with `behavior`. */
export const judgeStabilizeWithBehavior: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { replicas, log } = stabilizeBoth(input.recommendations, {
    current: input.currentReplicas,
    desired: input.desiredReplicas,
    upMicros: input.scaleUpStabilizationWindowSeconds,
    downMicros: input.scaleDownStabilizationWindowSeconds,
    now,
  });
  const stored = log.map((recommendation) => recommendation.replicas);
  const { storedRecommendations } = expect;
  return [
    ...expectEqual('replicas', replicas, expect.replicas),
    ...(storedRecommendations === undefined ? [] : expectEqual('storedRecommendations', stored, storedRecommendations)),
  ];
};
