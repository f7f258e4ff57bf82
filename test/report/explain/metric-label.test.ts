import { expect, test } from 'vitest';
import { metricLabel } from '../../../src/report/explain/metric-label.js';
import { ruleSentence } from '../../../src/report/explain/rule-sentence.js';

test.each([
  ['cpu', 'CPU'],
  ['memory', 'Memory'],
  ['cpu/web', 'CPU of container web'],
  ['object/web/requests_per_second', 'requests per second of Service web'],
  ['external/queue_length', 'external/queue_length'],
  ['pods/in_flight', 'pods/in_flight'],
])('%s is said as %s', (name, label) => {
  expect(metricLabel(name)).toBe(label);
});

test('a step from zero shows no thousandths, which the metric`s own sentence has in its unit', () => {
  const numbers = { ratio: 4.37, usage: 43_650, target: 10_000 };
  expect(ruleSentence({ rule: 'from-zero', before: 0, after: 5, numbers })).toBe(
    'there was no pod to multiply with, so the ratio of 4.37 itself was the answer: 5',
  );
});
