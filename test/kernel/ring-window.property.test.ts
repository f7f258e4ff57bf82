import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RingWindow } from '../../src/kernel/ring-window.js';

describe('RingWindow', () => {
  test('holds the last samples in order and finds the first since an instant', () => {
    const samples = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 3 }), value: fc.double({ noNaN: true }) }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        samples,
        fc.integer({ min: 0, max: 40 }),
        (capacity, pushed, since) => {
          const window = new RingWindow(capacity);
          let list: { time: number; value: number }[] = [];
          let time = 0;
          for (const { gap, value } of pushed) {
            time += gap;
            window.push(time, value);
            list.push({ time, value });
            list = list.slice(-capacity);
          }
          const held = Array.from({ length: window.size }, (_, i) => ({
            time: window.timeAt(i),
            value: window.valueAt(i),
          }));
          expect(held).toEqual(list);
          const first = list.findIndex((sample) => sample.time >= since);
          expect(window.firstSince(since)).toBe(first < 0 ? list.length : first);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});
