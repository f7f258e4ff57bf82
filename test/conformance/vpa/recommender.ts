import { z } from 'zod';
import type { Estimator } from '../../../src/engine/vertical/vpa/estimator.js';
import { recommendContainers } from '../../../src/engine/vertical/vpa/recommend-containers.js';
import { amountOf, cpuAmountOf } from '../../../src/engine/vertical/vpa/resource-amounts.js';
import type { UsageHistory } from '../../../src/engine/vertical/vpa/usage-history.js';
import type { ResourceEstimators } from '../../../src/engine/vertical/vpa/vpa-estimators.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zCase = z.looseObject({
  input: z.looseObject({
    baseCpuCores: z.number().default(0.001),
    baseMemoryBytes: z.number().default(1e6),
    podMinCpuMillicores: z.number().default(25),
    podMinMemoryMb: z.number().default(250),
    containers: z.number().default(1),
    controlledResources: z.array(z.enum(['cpu', 'memory'])).default(['cpu', 'memory']),
  }),
  expect: z.union([
    z.strictObject({ perContainer: z.strictObject({ cpuCores: z.number(), memoryBytes: z.number() }) }),
    z.strictObject({ targetHas: z.array(z.string()) }),
  ]),
});

/** Minimum of a pod and controlled resources. */
export const judgeRecommender: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const history: UsageHistory = { samples: 1, lifespanMicros: 0, percentile: () => 0 };
  const containers = new Map(
    Array.from({ length: input.containers }, (_, index) => {
      return [`container-${index}`, { history, controlledResources: input.controlledResources }] as const;
    }),
  );
  const estimators = {
    cpu: constant(cpuAmountOf(input.baseCpuCores)),
    memory: constant(amountOf(input.baseMemoryBytes)),
  };
  const minimum = { cpuMillis: input.podMinCpuMillicores, memoryMiB: input.podMinMemoryMb };
  const recommended = [...recommendContainers(containers, estimators, minimum).values()];
  return [
    ...expectEqual('number of containers', recommended.length, input.containers),
    ...recommended.flatMap(({ target, lower, upper }) => {
      if ('targetHas' in expect)
        return expectEqual('target has', Object.keys(target).sort(), [...expect.targetHas].sort());
      const { cpuCores, memoryBytes } = expect.perContainer;
      // The original compares with the same conversion, which cuts 12.5 millicores off to 12.
      const wanted = { cpu: cpuAmountOf(cpuCores), memory: memoryBytes };
      return [target, lower, upper].flatMap((amounts) => expectEqual('amounts', amounts, wanted));
    }),
  ];
};

function constant(amount: number): ResourceEstimators {
  const estimator: Estimator = () => ({ amount, rules: [] });
  return { target: estimator, lower: estimator, upper: estimator };
}
