import { z } from 'zod';
import { type JobStrategy, jobScale } from '../../../src/engine/policy/keda/job-strategies.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zInput = z.looseObject({
  strategy: z.string(),
  maxScale: z.number(),
  runningJobs: z.number(),
  pendingJobs: z.number(),
  maxReplicas: z.number(),
  minReplicas: z.number().default(0),
  scaleTo: z.number(),
  queueLengthDeduction: z.number().nullish(),
  runningJobPercentage: z.union([z.number(), z.string()]).nullish(),
});

const zCase = z.looseObject({
  input: zInput,
  expect: z.looseObject({ maxScale: z.number(), scaleTo: z.number().optional() }),
});

/** How many jobs a ScaledJob may create. */
export const judgeKedaJobStrategies: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { maxScale, runningJobs: running, pendingJobs: pending, maxReplicas, minReplicas, scaleTo } = input;
  const counts = { maxScale, running, pending, maxReplicas, scaleTo };
  const scale = jobScale(strategyOf(input), counts, minReplicas);
  return [
    ...expectEqual('maxScale', scale.maxScale, expect.maxScale),
    ...(expect.scaleTo === undefined ? [] : expectEqual('scaleTo', scale.scaleTo, expect.scaleTo)),
  ];
};

/** Names that KEDA does not know, and a percentage that is no number, make it the default strategy. */
function strategyOf({ strategy, ...written }: z.output<typeof zInput>): JobStrategy {
  const { queueLengthDeduction, runningJobPercentage: share } = written;
  if (strategy === 'accurate' || strategy === 'eager') return { kind: strategy };
  if (strategy !== 'custom') return { kind: 'default' };
  const isNumber = share != null && share !== '' && Number.isFinite(Number(share));
  return {
    kind: 'custom',
    queueLengthDeduction: queueLengthDeduction ?? 0,
    runningJobShare: isNumber ? Number(share) : null,
  };
}
