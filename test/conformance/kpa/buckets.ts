import { z } from 'zod';
import { roundToDigits } from '../../../src/engine/policy/kpa/round-to-digits.js';
import { smoothingCoefficient } from '../../../src/engine/policy/kpa/smoothing-coefficient.js';
import { TimedBuckets } from '../../../src/engine/policy/kpa/timed-buckets.js';
import { WeightedBuckets } from '../../../src/engine/policy/kpa/weighted-buckets.js';
import { seconds } from '../../../src/kernel/micros.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zSeconds = z.number().transform(seconds);

const zOp = z.discriminatedUnion('op', [
  z.looseObject({ op: z.literal('record'), t: zSeconds, value: z.number() }),
  z.looseObject({ op: z.literal('resize'), t: zSeconds, windowSeconds: zSeconds }),
  z.looseObject({ op: z.enum(['average', 'average3', 'sum']), t: zSeconds }),
]);

const zNumber = z.looseObject({ value: z.number(), absoluteTolerance: z.number().default(0) });

const zCase = z.looseObject({ input: z.looseObject({}), expect: z.looseObject({}) });
const zCoefficient = z.looseObject({ smoothingCoefficientForBuckets: z.number() });
const zRounding = z.looseObject({ roundDigits: z.number(), x: z.number() });
const zWindow = z.looseObject({
  kind: z.enum(['linear', 'weighted']),
  windowSeconds: zSeconds,
  granularitySeconds: zSeconds,
  ops: z.array(zOp),
});

const zSeries = z.looseObject({ averages: z.array(z.number()).default([]), sums: z.array(z.number()).default([]) });

/** Averages of windows in buckets, their smoothing and their rounding. */
export const judgeKpaBuckets: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  if ('smoothingCoefficientForBuckets' in input) {
    const { smoothingCoefficientForBuckets: buckets } = zCoefficient.parse(input);
    return expectNumber(smoothingCoefficient(buckets), zNumber.parse(expect));
  }
  if ('roundDigits' in input) {
    const { roundDigits, x } = zRounding.parse(input);
    return expectNumber(roundToDigits(roundDigits, x), zNumber.parse(expect));
  }
  const { averages, sums } = played(zWindow.parse(input));
  const expected = zSeries.parse(expect);
  return [...expectSeries('averages', averages, expected.averages), ...expectSeries('sums', sums, expected.sums)];
};

function played({ kind, windowSeconds, granularitySeconds, ops }: z.output<typeof zWindow>) {
  const Buckets = kind === 'linear' ? TimedBuckets : WeightedBuckets;
  const buckets = new Buckets(windowSeconds, granularitySeconds);
  const averages: number[] = [];
  const sums: number[] = [];
  for (const op of ops) {
    if (op.op === 'record') buckets.record(op.t, op.value);
    else if (op.op === 'resize') buckets.resize(op.windowSeconds, op.t);
    else if (op.op === 'sum') sums.push(buckets.sum(op.t));
    else averages.push(op.op === 'average' ? buckets.average(op.t) : roundToDigits(3, buckets.average(op.t)));
  }
  return { averages, sums };
}

function expectNumber(actual: number, { value, absoluteTolerance }: z.output<typeof zNumber>): readonly string[] {
  return Math.abs(actual - value) <= absoluteTolerance ? [] : expectEqual('value', actual, value);
}

/** Powers differ in their last bits between languages. */
function expectSeries(what: string, actual: readonly number[], expected: readonly number[]): readonly string[] {
  const isSame =
    actual.length === expected.length &&
    actual.every((value, i) => Math.abs(value - expected[i]) <= 1e-12 * Math.max(1, Math.abs(expected[i])));
  return isSame ? [] : expectEqual(what, actual, expected);
}
