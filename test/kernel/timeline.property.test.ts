import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { micros } from '../../src/kernel/micros.js';
import { runVirtual } from '../../src/kernel/run-virtual.js';
import { PHASE, type Phase, Timeline } from '../../src/kernel/timeline.js';

const phases: readonly Phase[] = [PHASE.world, PHASE.metrics, PHASE.ticks, PHASE.effects];
const action = fc.record({
  at: fc.integer({ min: 0, max: 12 }),
  phase: fc.constantFrom(...phases),
  cancelled: fc.boolean(),
});

describe('Timeline', () => {
  test('runs what was not cancelled in the order of time, phase and age', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const timeline = new Timeline(micros(0));
        const ran: number[] = [];
        const tickets = actions.map(({ at, phase }, i) => timeline.at(micros(at), phase, () => ran.push(i)));
        actions.forEach(({ cancelled }, i) => {
          if (cancelled) timeline.cancel(tickets[i]);
        });
        runVirtual(timeline, micros(20));
        const due = actions.map((one, i) => ({ ...one, i })).filter(({ cancelled }) => !cancelled);
        due.sort((a, b) => a.at - b.at || a.phase - b.phase || a.i - b.i);
        expect(ran).toEqual(due.map(({ i }) => i));
        expect(timeline.now).toBe(20);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  test('keeps that order while actions set and withdraw others', () => {
    const child = fc.record({
      delay: fc.integer({ min: -2, max: 4 }),
      phase: fc.constantFrom(...phases),
      withdraws: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(child, { minLength: 1, maxLength: 80 }), (children) => {
        const timeline = new Timeline(micros(0));
        const agenda: { at: number; phase: number; age: number; ticket: number }[] = [];
        let age = 0;
        const set = (): void => {
          if (age === children.length) return;
          const { delay, phase } = children[age];
          const mine = age;
          const due = Math.max(timeline.now, timeline.now + delay);
          const ticket = timeline.at(micros(timeline.now + delay), phase, (now) => act(mine, now));
          agenda.push({ at: due, phase, age: mine, ticket });
          agenda.sort((a, b) => a.at - b.at || a.phase - b.phase || a.age - b.age);
          age += 1;
        };
        const act = (mine: number, now: number): void => {
          const first = agenda.shift()!;
          expect([mine, now]).toEqual([first.age, first.at]);
          if (children[mine].withdraws && agenda.length > 0) timeline.cancel(agenda.pop()!.ticket);
          set();
          set();
        };
        for (let i = 0; i < 3; i += 1) set();
        runVirtual(timeline, micros(1000));
        expect(agenda).toEqual([]);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('tells listeners of adjoining stretches of time before the actions at their ends', () => {
    const timeline = new Timeline(micros(-5));
    const log: string[] = [];
    timeline.onAdvance((from, to) => log.push(`${from}..${to}`));
    for (const at of [3, 0, 3, 8]) timeline.at(micros(at), PHASE.world, (now) => log.push(`at ${now}`));
    runVirtual(timeline, micros(10));
    expect(log).toEqual(['-5..0', 'at 0', '0..3', 'at 3', 'at 3', '3..8', 'at 8', '8..10']);
  });

  test('comes to rest at what a listener sets on the way, even in the last stretch, before it goes on', () => {
    const timeline = new Timeline(micros(0));
    const log: string[] = [];
    timeline.onAdvance((from, to) => {
      log.push(`${from}..${to}`);
      if (from < 2 || from === 5) timeline.at(micros(from + 2), PHASE.world, (now) => log.push(`stop ${now}`));
    });
    timeline.at(micros(5), PHASE.ticks, (now) => log.push(`at ${now}`));
    runVirtual(timeline, micros(10));
    expect(log).toEqual(['0..5', 'stop 2', '2..5', 'at 5', '5..10', 'stop 7', '7..10']);
    expect(timeline.now).toBe(10);
  });

  test('an action set for the past runs now, in its phase', () => {
    const timeline = new Timeline(micros(0));
    const log: string[] = [];
    timeline.at(micros(5), PHASE.world, (now) => {
      timeline.at(micros(1), PHASE.effects, (then) => log.push(`effect ${then}`));
      timeline.at(now, PHASE.ticks, (then) => log.push(`tick ${then}`));
    });
    runVirtual(timeline, micros(6));
    expect(log).toEqual(['tick 5', 'effect 5']);
  });

  test('repeats for as long as the action says', () => {
    const timeline = new Timeline(micros(0));
    const instants: number[] = [];
    timeline.every(micros(2), micros(5), PHASE.ticks, (now) => {
      instants.push(now);
      return now < 12;
    });
    runVirtual(timeline, micros(100));
    expect(instants).toEqual([2, 7, 12]);
    expect(timeline.nextTime).toBe(Infinity);
  });

  test('a ticket that is used again does not wake a cancelled action', () => {
    const timeline = new Timeline(micros(0));
    const log: string[] = [];
    const first = timeline.at(micros(1), PHASE.world, () => log.push('first'));
    timeline.cancel(first);
    timeline.step();
    timeline.at(micros(2), PHASE.world, () => log.push('second'));
    runVirtual(timeline, micros(3));
    expect(log).toEqual(['second']);
  });
});
