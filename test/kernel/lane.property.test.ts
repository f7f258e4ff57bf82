import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lane } from '../../src/kernel/lane.js';

describe('Lane', () => {
  test('is an array with push and shift', () => {
    const gaps = fc.array(fc.option(fc.integer({ min: 0, max: 5 }), { nil: null, freq: 3 }), { maxLength: 600 });
    fc.assert(
      fc.property(gaps, (steps) => {
        const lane = new Lane();
        const list: { time: number; payload: number }[] = [];
        let time = 0;
        steps.forEach((gap, payload) => {
          if (gap === null) {
            if (list.length > 0) expect(lane.shift()).toBe(list.shift()!.payload);
          } else {
            time += gap;
            lane.push(time, payload);
            list.push({ time, payload });
          }
          expect(lane.size).toBe(list.length);
          expect(lane.nextTime).toBe(list[0]?.time ?? Infinity);
        });
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});
