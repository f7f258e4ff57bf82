import { z } from 'zod';
import { sampleSize } from '../../../src/engine/policy/kpa/sample-size.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';

const zCase = z.looseObject({
  input: z.looseObject({ population: z.number() }),
  expect: z.looseObject({ sampleSize: z.number() }),
});

/** How many pods are scraped. */
export const judgeKpaSampleSize: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  return expectEqual('sampleSize', sampleSize(input.population), expect.sampleSize);
};
