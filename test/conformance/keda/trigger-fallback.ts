import { z } from 'zod';
import { triggerValue } from '../../../src/engine/policy/keda/trigger-value.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zCase = z.looseObject({
  input: z.looseObject({
    metricValue: z.number(),
    fallbackFailureThreshold: z.number().nullish(),
    consecutiveFailures: z.number().nullish(),
  }),
  expect: z.looseObject({ value: z.number().nullable() }),
});

/** What a formula sees of a trigger that fails. */
export const judgeKedaTriggerFallback: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { metricValue, fallbackFailureThreshold: threshold, consecutiveFailures: failures } = input;
  return expectEqual('value', triggerValue(metricValue, threshold ?? null, failures ?? null), expect.value);
};
