import { z } from 'zod';
import { limitByBehavior } from '../../../src/engine/policy/hpa/limit-by-behavior.js';
import { seconds } from '../../../src/kernel/micros.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { rulesOf, zVectorEvents, zVectorRules } from './vector-behavior.js';
import { now } from './vector-numbers.js';

const zCase = z.looseObject({
  input: z.looseObject({
    scaleUpEvents: zVectorEvents,
    scaleDownEvents: zVectorEvents,
    minReplicas: z.number(),
    maxReplicas: z.number(),
    currentReplicas: z.number(),
    desiredReplicas: z.number(),
    scaleUp: zVectorRules,
    scaleDown: zVectorRules,
  }),
  expect: z.strictObject({ replicas: z.number(), reason: z.string() }),
});

/** Rate policies and bounds, with `behavior`. */
export const judgeScalingWithRules: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { scaleUpEvents, scaleDownEvents, minReplicas, maxReplicas, currentReplicas: current } = input;
  const behavior = {
    scaleUp: rulesOf(input.scaleUp, seconds(0)),
    scaleDown: rulesOf(input.scaleDown, seconds(300)),
  };
  const basis = { current, scaleUpEvents, scaleDownEvents, semantics: 'head', now } as const;
  const limited = limitByBehavior(input.desiredReplicas, { minReplicas, maxReplicas, behavior }, basis);
  return [
    ...expectEqual('replicas', limited.replicas, expect.replicas),
    ...expectEqual('reason', limited.reason, expect.reason),
  ];
};
