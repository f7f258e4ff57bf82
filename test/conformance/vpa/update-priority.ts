import { z } from 'zod';
import type { ResourceAmounts } from '../../../src/engine/vertical/vpa/resource-amounts.js';
import { updatePriority } from '../../../src/engine/vertical/vpa/update-priority.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { expectNear } from './expect-near.js';

const zAmounts = z
  .looseObject({ cpuMilli: z.number().optional(), memoryBytes: z.number().optional() })
  .transform(({ cpuMilli, memoryBytes }): ResourceAmounts => {
    return {
      ...(cpuMilli === undefined ? {} : { cpu: cpuMilli }),
      ...(memoryBytes === undefined ? {} : { memory: memoryBytes }),
    };
  });

const zCase = z.looseObject({
  input: z.looseObject({
    containers: z.array(
      z.looseObject({
        name: z.string().optional(),
        request: zAmounts.prefault({}),
        statusRequest: zAmounts.nullable().default(null),
        target: zAmounts.nullish(),
        lowerBound: zAmounts.prefault({}),
        upperBound: zAmounts.prefault({}),
      }),
    ),
  }),
  expect: z.strictObject({
    outsideRecommendedRange: z.boolean(),
    scaleUp: z.boolean(),
    resourceDiff: z.number(),
  }),
});

/** How urgent it is to update a pod. */
export const judgeUpdatePriority: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const containers = input.containers.map(({ target, lowerBound: lower, upperBound: upper, ...container }) => {
    return { ...container, recommended: target == null ? null : { target, lower, upper } };
  });
  const { outsideRecommendedRange, scaleUp, resourceDiff } = updatePriority(containers);
  return [
    ...expectEqual('outsideRecommendedRange', outsideRecommendedRange, expect.outsideRecommendedRange),
    ...expectEqual('scaleUp', scaleUp, expect.scaleUp),
    ...expectNear('resourceDiff', resourceDiff, expect.resourceDiff, 1e-12),
  ];
};
