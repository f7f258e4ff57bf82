import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from '../../src/kernel/event-queue.js';

/** Times from a small range, so that many coincide; null takes an event out. */
const step = fc.option(fc.record({ time: fc.integer({ min: 0, max: 20 }), phase: fc.integer({ min: 0, max: 3 }) }), {
  nil: null,
  freq: 3,
});

describe('EventQueue', () => {
  test('yields events as a sorted list does: by time, then phase, then age', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const queue = new EventQueue();
        const list: { time: number; phase: number; age: number }[] = [];
        steps.forEach((event, age) => {
          if (event !== null) {
            queue.push(event.time, event.phase, age);
            list.push({ ...event, age });
            list.sort((a, b) => a.time - b.time || a.phase - b.phase || a.age - b.age);
          } else if (list.length > 0) {
            const first = list.shift()!;
            expect(queue.nextTime).toBe(first.time);
            expect(queue.nextPhase).toBe(first.phase);
            expect(queue.nextPayload).toBe(first.age);
            expect(queue.pop()).toBe(first.age);
          }
          expect(queue.size).toBe(list.length);
          expect(queue.nextTime).toBe(list[0]?.time ?? Infinity);
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('holds times and payloads up to 2^53 exactly', () => {
    const queue = new EventQueue();
    queue.push(2 ** 53 - 1, 0, 2 ** 53 - 2);
    queue.push(2 ** 53 - 2, 15, 7);
    expect(queue.pop()).toBe(7);
    expect(queue.nextTime).toBe(2 ** 53 - 1);
    expect(queue.pop()).toBe(2 ** 53 - 2);
  });
});
