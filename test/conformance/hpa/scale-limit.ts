import { z } from 'zod';
import { scaleDownLimit, scaleUpLimit } from '../../../src/engine/policy/hpa/rate-limits.js';
import { seconds } from '../../../src/kernel/micros.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { rulesOf, zVectorEvents, zVectorRules } from './vector-behavior.js';
import { now } from './vector-numbers.js';

const zCase = z.looseObject({
  input: z.looseObject({
    direction: z.enum(['up', 'down']),
    currentReplicas: z.number(),
    scaleUpEvents: zVectorEvents,
    scaleDownEvents: zVectorEvents,
    rules: zVectorRules,
  }),
  expect: z.strictObject({ limit: z.number() }),
});

/** The limit that rate policies imply. */
export const judgeScaleLimit: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { direction, currentReplicas: current, scaleUpEvents, scaleDownEvents } = input;
  const basis = { current, scaleUpEvents, scaleDownEvents, semantics: 'head', now } as const;
  const limit = direction === 'up' ? scaleUpLimit : scaleDownLimit;
  return expectEqual('limit', limit(rulesOf(input.rules, seconds(300)), basis).replicas, expect.limit);
};
