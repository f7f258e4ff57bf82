import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/engine/registries.js';
import { closedLoop, type Load } from './closed-loop.js';
import { sections } from './policy-sections.js';

const anyLoads = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 600 }) },
    { weight: 1, arbitrary: fc.constant<Load>(null) },
  ),
  { minLength: 1, maxLength: 60 },
);

/** Longer than samples may be old. */
const SILENCE = 12;

function repeated(load: Load, times: number): Load[] {
  return new Array<Load>(times).fill(load);
}

test('no policy is left out', () => {
  expect(new Set(Object.values(sections).map(({ policy }) => policy))).toEqual(new Set(Object.keys(builtIn.policies)));
});

describe.each(Object.entries(sections))('%s', (_, section) => {
  const { toZero = false, blind = false, perDecision = false } = section;

  test('stays between its bounds whatever the load is', () => {
    fc.assert(
      fc.property(anyLoads, fc.integer({ min: 2, max: 20 }), (loads, initial) => {
        for (const { desired } of closedLoop(section, loads, { initial }).decisions) {
          expect(desired).toBeGreaterThanOrEqual(toZero ? 0 : 2);
          expect(desired).toBeLessThanOrEqual(20);
          expect(Number.isInteger(desired)).toBe(true);
        }
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('gives the same facts the same answers', () => {
    fc.assert(
      fc.property(anyLoads, (loads) => {
        expect(closedLoop(section, loads)).toEqual(closedLoop(section, loads));
      }),
      { seed: 2, numRuns: 10 },
    );
  });

  test('has nothing to add when it is asked again at the same instant; nothing to take back where its limits are a decision`s', () => {
    fc.assert(
      fc.property(anyLoads, (loads) => {
        const { decisions, again } = closedLoop(section, loads, { twice: true });
        for (const [i, first] of decisions.entries()) {
          expect(first.desired).toBe(again[i].from);
          if (perDecision)
            expect(Math.sign(again[i].desired - again[i].from) * (first.desired - first.from)).toBeGreaterThanOrEqual(
              0,
            );
          else expect(again[i].desired).toBe(again[i].from);
        }
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  test('asks for no less where there is more to do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 2, max: 20 }),
        (load, more, initial) => {
          const last = (rate: number): number =>
            closedLoop(section, repeated(rate, 40), { initial, following: false }).decisions[39].desired;
          expect(last(load + more)).toBeGreaterThanOrEqual(last(load));
        },
      ),
      { seed: 4, numRuns: 25 },
    );
  });

  test.skipIf(blind)('never goes down while its metrics are not valid', () => {
    fc.assert(
      fc.property(anyLoads, (loads) => {
        const played = [...loads, ...repeated(null, SILENCE)];
        const { decisions } = closedLoop(section, played);
        const stale = decisions.slice(loads.length + 8);
        for (const { from, desired } of stale) expect(desired).toBeGreaterThanOrEqual(from);
        const never = closedLoop(section, repeated(null, SILENCE)).decisions;
        for (const { from, desired } of never) expect(desired).toBeGreaterThanOrEqual(from);
      }),
      { seed: 5, numRuns: 30 },
    );
  });

  test('comes to rest at a constant load and stays there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 280 }), (load) => {
        const { decisions } = closedLoop(section, repeated(load, 400));
        const late = decisions.slice(200).map(({ desired }) => desired);
        expect(new Set(late).size).toBe(1);
      }),
      { seed: 6, numRuns: 15 },
    );
  });
});

describe('a limit of two pods down a minute', () => {
  test('bounds the churn whatever the load is', () => {
    fc.assert(
      fc.property(anyLoads, (loads) => {
        const { decisions } = closedLoop(sections['hpa on requests, two down a minute'], loads, { initial: 20 });
        for (const { at } of decisions.filter(({ direction }) => direction === 'down')) {
          const minute = decisions.filter((other) => other.at > at - 60e6 && other.at <= at);
          const down = minute.reduce((sum, { from, desired }) => sum + Math.max(0, from - desired), 0);
          const up = minute.reduce((sum, { from, desired }) => sum + Math.max(0, desired - from), 0);
          expect(down).toBeLessThanOrEqual(2 + up);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
