import { z } from 'zod';
import { confidence } from '../../../src/engine/vertical/vpa/confidence.js';
import type { Estimator } from '../../../src/engine/vertical/vpa/estimator.js';
import { percentileEstimator } from '../../../src/engine/vertical/vpa/percentile-estimator.js';
import { amountOf, cpuAmountOf } from '../../../src/engine/vertical/vpa/resource-amounts.js';
import type { UsageHistory } from '../../../src/engine/vertical/vpa/usage-history.js';
import { withConfidence } from '../../../src/engine/vertical/vpa/with-confidence.js';
import { withMargin } from '../../../src/engine/vertical/vpa/with-margin.js';
import { withMinimum } from '../../../src/engine/vertical/vpa/with-minimum.js';
import type { Judge } from '../judge.js';
import { expectNear } from './expect-near.js';

const zInput = z.looseObject({
  estimator: z.union([
    z.tuple([z.literal('confidenceMultiplier'), z.number(), z.number()]),
    z.tuple([z.literal('margin'), z.number()]),
    z.tuple([z.literal('minResource'), z.number()]),
  ]),
  resource: z.enum(['cpu', 'memory']),
  base: z.number(),
  confidenceIntervalSeconds: z.number().default(86_400),
  totalSamples: z.number().default(0),
  lifespanSeconds: z.number().default(0),
});

const zCase = z.looseObject({
  input: zInput,
  expect: z.strictObject({ value: z.number(), confidence: z.number().optional() }),
});

type Input = z.output<typeof zInput>;

/** Margin, minimum and confidence on top of a constant. */
export const judgeEstimators: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const history: UsageHistory = {
    samples: input.totalSamples,
    lifespanMicros: input.lifespanSeconds * 1e6,
    percentile: () => input.base,
  };
  const amount = stack(input, percentileEstimator(input.resource, 0.9))(history).amount;
  const value = input.resource === 'cpu' ? amount / 1000 : amount;
  const known = confidence(history, input.confidenceIntervalSeconds * 1e6);
  return [
    ...expectNear('value', value, expect.value, 0),
    ...(expect.confidence === undefined ? [] : expectNear('confidence', known, expect.confidence, 1e-12)),
  ];
};

function stack({ estimator, resource, confidenceIntervalSeconds }: Input, base: Estimator): Estimator {
  if (estimator[0] === 'margin') return withMargin(estimator[1], base);
  if (estimator[0] === 'minResource') {
    return withMinimum(resource === 'cpu' ? cpuAmountOf(estimator[1]) : amountOf(estimator[1]), base);
  }
  const [, multiplier, exponent] = estimator;
  return withConfidence({ multiplier, exponent, intervalMicros: confidenceIntervalSeconds * 1e6 }, base);
}
