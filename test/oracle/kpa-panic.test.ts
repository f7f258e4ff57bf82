import { expect, test } from 'vitest';
import { loads, play, ten } from '../engine/policy/kpa-play.js';

test('a surge makes it panic, worked by hand, and it stays up until a stable window later', () => {
  // A minute at 10 keeps one pod. Then 100 at once. The figure of a tick stands for two seconds: after the first, the panic window of 6 s
  // holds (4 x 10 + 2 x 100) / 6 = 40, 4 pods for 1 ready one: panic. After the second (2 x 10 + 4 x 100) / 6 = 70, after the third 100.
  const proposals = play(ten, [...loads(10, 30), ...loads(100, 3), ...loads(0, 40)]);
  expect(proposals.slice(0, 30).every(({ desired }) => desired === 1)).toBe(true);
  expect(proposals.slice(30, 33).map(({ desired }) => desired)).toEqual([4, 7, 10]);
  expect(proposals[30]).toMatchObject({ reason: 'panic', rawDesired: 2 });
  expect(proposals[30].metrics[1]).toMatchObject({ name: 'concurrency/panic', value: 40, proposal: 4 });
  // Over the threshold of twice the ready pods for the last time at the first figure (4 pods for 1 ready); the second asks for 7 where 4 are
  // ready. So panic ends at the first tick later than 60 s after it: 31 ticks on.
  const after = proposals.slice(33).findIndex(({ desired }) => desired < 10);
  expect(proposals.slice(31, 31 + 30).every(({ desired }) => desired >= 7)).toBe(true);
  expect(33 + after).toBe(30 + 31);
});
