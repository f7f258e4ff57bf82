import { z } from 'zod';
import { DelayWindow } from '../../../src/engine/policy/kpa/delay-window.js';
import { KpaDecider } from '../../../src/engine/policy/kpa/kpa-decider.js';
import type { KpaSpec } from '../../../src/engine/policy/kpa/kpa-spec.js';
import { type Panic, initialPanic } from '../../../src/engine/policy/kpa/panic.js';
import { seconds } from '../../../src/kernel/micros.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zSpec = z.looseObject({
  targetValue: z.number(),
  totalValue: z.number().default(0),
  targetBurstCapacity: z.number().default(0),
  panicThreshold: z.number(),
  maxScaleUpRate: z.number(),
  maxScaleDownRate: z.number(),
  stableWindowSeconds: z.number().default(0),
  reachable: z.boolean().default(false),
  scaleDownDelaySeconds: z.number().default(0),
  activationScale: z.number().default(0),
});

const zFigure = z.number().nullish();

const zStep = z.looseObject({
  t: z.number(),
  readyPods: zFigure,
  stable: zFigure,
  panic: zFigure,
  specUpdate: z.record(z.string(), z.unknown()).optional(),
});

const zExpected = z.looseObject({
  desiredPods: z.number(),
  excessBurstCapacity: z.number(),
  valid: z.boolean().default(true),
  panicSince: z.number().nullish(),
});

const zCase = z.looseObject({
  input: z.looseObject({
    spec: zSpec,
    initialReadyPods: z.number().nullish(),
    initialPanicAgeSeconds: z.number().nullish(),
    initialMaxPanicPods: z.number().nullish(),
    tickIntervalSeconds: z.number().default(2),
    steps: z.array(zStep).default([]),
  }),
  expect: z.looseObject({
    initialPanic: z.boolean().optional(),
    initialMaxPanicPods: z.number().optional(),
    steps: z.array(zExpected),
  }),
});

type Input = z.output<typeof zCase>['input'];

/** A sequence of decisions of one autoscaler. */
export const judgeKpaAutoscaler: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const { scaleDownDelaySeconds: delay } = input.spec;
  const panic = panicOf(input);
  const window = delay > 0 ? new DelayWindow(seconds(delay), seconds(input.tickIntervalSeconds)) : null;
  const decider = new KpaDecider(specOf(input.spec), panic, window);
  const differences = [
    ...(expect.initialPanic === undefined
      ? []
      : expectEqual('initialPanic', panic.since !== null, expect.initialPanic)),
    ...(expect.initialMaxPanicPods === undefined
      ? []
      : expectEqual('initialMaxPanicPods', panic.maxPods, expect.initialMaxPanicPods)),
    ...expectEqual('steps', input.steps.length, expect.steps.length),
  ];
  let written = input.spec;
  for (const [i, step] of input.steps.entries()) {
    if (step.specUpdate !== undefined) {
      written = zSpec.parse({ ...written, ...step.specUpdate });
      decider.spec = specOf(written);
    }
    const { readyPods = null, stable = null, panic: panicAverage = null } = step;
    const result = decider.scale(seconds(step.t), { readyPods, stable, panic: panicAverage });
    differences.push(...judgeStep(decider, result, expect.steps[i]).map((text) => `step ${i}: ${text}`));
  }
  return differences;
};

function judgeStep(
  { panic }: KpaDecider,
  result: ReturnType<KpaDecider['scale']>,
  expected: z.output<typeof zExpected>,
): readonly string[] {
  const { excessBurstCapacity: burst } = result;
  const isClose = Math.abs(burst - expected.excessBurstCapacity) <= 1;
  return [
    ...expectEqual('valid', result.valid, expected.valid),
    ...expectEqual('desiredPods', result.desiredPods, expected.desiredPods),
    ...(isClose ? [] : expectEqual('excessBurstCapacity', burst, expected.excessBurstCapacity)),
    ...(expected.panicSince === undefined
      ? []
      : expectEqual('panicSince', panic.since === null ? null : panic.since / 1e6, expected.panicSince)),
  ];
}

function panicOf({ initialReadyPods, initialPanicAgeSeconds: age, initialMaxPanicPods: most }: Input): Panic {
  const initial = initialPanic(initialReadyPods ?? 0, seconds(0));
  return { since: age == null ? initial.since : seconds(-age), maxPods: most ?? initial.maxPods };
}

function specOf(written: z.output<typeof zSpec>): KpaSpec {
  return {
    target: written.targetValue,
    total: written.totalValue,
    targetBurstCapacity: written.targetBurstCapacity,
    panicThreshold: written.panicThreshold,
    maxScaleUpRate: written.maxScaleUpRate,
    maxScaleDownRate: written.maxScaleDownRate,
    stableWindow: seconds(written.stableWindowSeconds),
    scaleDownDelay: seconds(written.scaleDownDelaySeconds),
    activationScale: written.activationScale,
    reachable: written.reachable,
  };
}
