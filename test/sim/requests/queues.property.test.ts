import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Calls } from '../../../src/sim/requests/calls.js';
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
  test('are due in the order of time, those of one length in the order set, and those that ended before mean nothing', () => {
    const gaps = fc.array(
      fc.tuple(
        fc.constantFrom(10, 25, 40),
        fc.nat({ max: 9 }),
        fc.constantFrom('take', 'end', 'end', 'none'),
        fc.nat(),
      ),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(gaps, (all) => {
        const calls = new Calls(new Visits());
        const lanes = new TimeoutLanes(calls);
        let set: { at: number; length: number; call: number; set: number }[] = [];
        let now = 0;
        all.forEach(([length, gap, kind, which], i) => {
          now += gap;
          const call = calls.begin(0, 0, 0, -1);
          lanes.push(length, now, call);
          set.push({ at: now + length, length, call, set: i });
          if (kind === 'end') {
            const [ended] = set.splice(which % set.length, 1);
            calls.release(ended.call);
          }
          const next = Math.min(...set.map(({ at }) => at));
          expect(lanes.due[0]).toBeLessThanOrEqual(next);
          if (kind !== 'take') return;
          let taken = -1;
          while (taken < 0) {
            expect(lanes.due[0]).toBeLessThanOrEqual(next);
            taken = lanes.shift();
          }
          const due = set.find((one) => one.call === taken)!;
          expect(due.at).toBe(next);
          expect(set.find((one) => one.length === due.length)).toBe(due);
          set = set.filter((one) => one !== due);
          calls.release(taken);
        });
        for (const { call } of set) calls.release(call);
        while (lanes.due[0] < Infinity) expect(lanes.shift()).toBe(-1);
      }),
      { seed: 45, numRuns: 300 },
    );
  });
});
