import { z } from 'zod';
import { approximateWeight, type CanarySplit } from '../../../src/engine/balance/canary/approximate-weight.js';
import { basicCanary } from '../../../src/engine/balance/canary/basic-canary.js';
import { surgeLimits } from '../../../src/engine/balance/canary/surge-limits.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zSplit = z.looseObject({ canary: z.number(), stable: z.number() });

const zWeight = z.looseObject({
  input: z.looseObject({ replicas: z.number(), weight: z.number(), maxWeight: z.number(), maxSurge: z.number() }),
  expect: zSplit,
});

const zLimit = z.union([z.number(), z.string()]);
const zVersion = z.looseObject({ spec: z.number(), available: z.number() }).nullable().default(null);

const zReplicas = z.looseObject({
  input: z.looseObject({
    replicas: z.number(),
    weight: z.number(),
    maxWeight: z.number().default(100),
    maxSurge: zLimit,
    maxUnavailable: zLimit,
    stable: zVersion,
    canary: zVersion,
    olderReplicas: z.number().default(0),
  }),
  expect: zSplit,
});

/** The split of pods closest to a weight. */
export const judgeWeightApproximation: Judge = (vector) => {
  const { input, expect } = zWeight.parse(vector);
  return compare(approximateWeight(input), expect);
};

/** The next replicas of a roll-out without a router. */
export const judgeCanaryReplicas: Judge = (vector) => {
  const { input, expect } = zReplicas.parse(vector);
  const limits = surgeLimits(input.maxSurge, input.maxUnavailable, input.replicas);
  return compare(basicCanary({ ...input, ...limits }), expect);
};

function compare(found: CanarySplit, expect: z.output<typeof zSplit>): readonly string[] {
  return [...expectEqual('canary', found.canary, expect.canary), ...expectEqual('stable', found.stable, expect.stable)];
}
