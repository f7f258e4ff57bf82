import { z } from 'zod';
import { SlidingMaximum } from '../../../src/engine/policy/kpa/sliding-maximum.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zCase = z.looseObject({
  input: z.looseObject({
    windowSize: z.int(),
    samples: z.array(z.looseObject({ index: z.int(), value: z.number() })),
  }),
  expect: z.looseObject({ currentAfterEach: z.array(z.number()).optional(), current: z.number().optional() }),
});

/** The sliding maximum behind the scale-down delay. */
export const judgeKpaMaxWindow: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const maximum = new SlidingMaximum(input.windowSize);
  const after = input.samples.map(({ index, value }) => {
    maximum.record(index, value);
    return maximum.current();
  });
  return [
    ...(expect.currentAfterEach === undefined ? [] : expectEqual('currentAfterEach', after, expect.currentAfterEach)),
    ...(expect.current === undefined ? [] : expectEqual('current', after.at(-1), expect.current)),
  ];
};
