import { z } from 'zod';
import { limitByBounds } from '../../../src/engine/policy/hpa/limit-by-bounds.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zCase = z.looseObject({
  input: z.looseObject({
    currentReplicas: z.number(),
    desiredReplicas: z.number(),
    minReplicas: z.number(),
    maxReplicas: z.number(),
    scaleUpLimitFactor: z.number(),
    scaleUpLimitMinimum: z.number(),
  }),
  expect: z.strictObject({ replicas: z.number(), reason: z.string() }),
});

/** Bounds and the one step upwards, without `behavior`. */
export const judgeConvertDesired: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { currentReplicas, desiredReplicas, minReplicas, maxReplicas } = input;
  const scaleUpLimit = { factor: input.scaleUpLimitFactor, minimum: input.scaleUpLimitMinimum };
  const limited = limitByBounds(currentReplicas, desiredReplicas, { minReplicas, maxReplicas, scaleUpLimit });
  return [
    ...expectEqual('replicas', limited.replicas, expect.replicas),
    ...expectEqual('reason', limited.reason, expect.reason),
  ];
};
