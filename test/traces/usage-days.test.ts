import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { usageDays } from './usage-days.js';

test('the recording of usage that comes with the product is what its generator makes', () => {
  expect(readFileSync('traces/usage-days.csv', 'utf8')).toBe(usageDays());
});
