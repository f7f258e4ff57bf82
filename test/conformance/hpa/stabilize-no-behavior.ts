import { z } from 'zod';
import { stabilizeDown } from '../../../src/engine/policy/hpa/stabilize-down.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { zVectorRecommendations } from './vector-behavior.js';
import { now, zSeconds } from './vector-numbers.js';

const zCase = z.looseObject({
  input: z.looseObject({
    downscaleStabilizationWindowSeconds: zSeconds,
    recommendations: zVectorRecommendations.default([]),
    desiredReplicas: z.number(),
  }),
  expect: z.strictObject({ replicas: z.number(), logLength: z.number() }),
});

/** The window for scale-down, without `behavior`. */
export const judgeStabilizeNoBehavior: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { recommendations, desiredReplicas, downscaleStabilizationWindowSeconds: window } = input;
  const { replicas, log } = stabilizeDown(recommendations, desiredReplicas, window, now);
  return [
    ...expectEqual('replicas', replicas, expect.replicas),
    ...expectEqual('logLength', log.length, expect.logLength),
  ];
};
