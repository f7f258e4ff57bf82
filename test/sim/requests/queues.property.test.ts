import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SlotQueue } from '../../../src/sim/requests/slot-queue.js';
import { TimeoutLanes } from '../../../src/sim/requests/timeout-lanes.js';
import { Visits } from '../../../src/sim/requests/visits.js';
import { WaitingLine } from '../../../src/sim/requests/waiting-line.js';

const steps = fc.array(fc.tuple(fc.constantFrom('push', 'push', 'shift', 'remove'), fc.nat()), { maxLength: 300 });

describe('WaitingLine', () => {
  test('is an array from whose middle one may leave', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const visits = new Visits();
        const line = new WaitingLine(visits);
        const list: number[] = [];
        for (const [kind, n] of all) {
          if (kind === 'push') {
            const visit = visits.take();
            line.push(visit);
            list.push(visit);
          } else if (kind === 'shift') {
            expect(line.shift()).toBe(list.shift() ?? -1);
          } else if (list.length > 0) {
            const [left] = list.splice(n % list.length, 1);
            line.remove(left);
          }
          expect(line.length).toBe(list.length);
        }
        while (list.length > 0) expect(line.shift()).toBe(list.shift());
        expect(line.shift()).toBe(-1);
      }),
      { seed: 43, numRuns: 200 },
    );
  });
});

describe('SlotQueue', () => {
  test('is an array with push and shift', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const queue = new SlotQueue();
        const list: number[] = [];
        all.forEach(([kind], i) => {
          if (kind === 'push') {
            queue.push(i);
            list.push(i);
          } else if (list.length > 0) expect(queue.shift()).toBe(list.shift());
          expect(queue.size).toBe(list.length);
        });
      }),
      { seed: 44, numRuns: 200 },
    );
  });
});

describe('TimeoutLanes', () => {
  test('are due in the order of time, those of one length in the order set', () => {
    const gaps = fc.array(fc.tuple(fc.constantFrom(10, 25, 40), fc.nat({ max: 9 }), fc.boolean()), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (all) => {
        const lanes = new TimeoutLanes();
        let set: { at: number; length: number; token: number }[] = [];
        let now = 0;
        all.forEach(([length, gap, take], token) => {
          now += gap;
          lanes.push(length, now, token);
          set.push({ at: now + length, length, token });
          const next = Math.min(...set.map(({ at }) => at));
          expect(lanes.due[0]).toBe(next);
          if (!take) return;
          const taken = lanes.shift();
          const due = set.find((one) => one.token === taken)!;
          expect(due.at).toBe(next);
          expect(set.find((one) => one.length === due.length)).toBe(due);
          set = set.filter((one) => one !== due);
        });
      }),
      { seed: 45, numRuns: 200 },
    );
  });
});
