import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '../../../src/engine/allocate/allocate.js';
import type { AllocationRequest } from '../../../src/engine/allocate/allocation.js';
import { workload } from '../fixture.js';

const noQuota = { pods: null, cpuMillis: null, memoryMiB: null };

const requests = fc.array(
  fc.record({
    least: fc.nat(5),
    more: fc.nat(20),
    desired: fc.nat(30),
    from: fc.nat(30),
    priority: fc.integer({ min: 0, max: 3 }),
    cents: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 7 },
);

type Drawn = Readonly<Record<'least' | 'more' | 'desired' | 'from' | 'priority' | 'cents', number>>;

function asked(drawn: readonly Drawn[]): AllocationRequest[] {
  return drawn.map(({ least, more, desired, from, priority, cents }, i) => ({
    workload: workload({
      name: `w${i}`,
      minReplicas: least,
      maxReplicas: least + more,
      scheduling: { priority },
    }),
    from,
    desired,
    placed: from,
    replicaPerHour: cents / 100,
  }));
}

const bound = (all: AllocationRequest[]) => allocate(all, { quota: noQuota, room: () => null });
const within = (all: AllocationRequest[], budgetPerHour: number) =>
  allocate(all, { quota: noQuota, budgetPerHour, room: () => null });
const priceOf = (all: readonly AllocationRequest[], replicas: readonly number[]): number =>
  all.reduce((sum, { replicaPerHour = 0 }, i) => sum + replicas[i] * replicaPerHour, 0);

describe('a budget', () => {
  test('is never exceeded, unless the minima alone exceed it, and then every decision says so', () => {
    const seen = { cut: 0, exceeded: 0 };
    fc.assert(
      fc.property(requests, fc.double({ min: 0.01, max: 12, noNaN: true }), (drawn, budget) => {
        const all = asked(drawn);
        const free = bound(all).map(({ desired }) => desired);
        const given = within(all, budget);
        const minima = free.map((desired, i) => Math.min(desired, all[i].workload.minReplicas));
        const exceeded = priceOf(all, minima) > budget;
        given.forEach(({ desired, rules, reason }, i) => {
          expect(desired).toBeGreaterThanOrEqual(minima[i]);
          expect(desired).toBeLessThanOrEqual(free[i]);
          expect(rules.some(({ rule }) => rule === 'minima-above-budget')).toBe(exceeded);
          const cut = rules.find(({ rule }) => rule === 'budget');
          expect(cut === undefined).toBe(desired === free[i]);
          if (cut === undefined) return;
          expect(cut).toMatchObject({ before: free[i], after: desired });
          expect(reason).toBe('budget');
          seen.cut += 1;
        });
        const spent = given.map(({ desired }) => desired);
        if (exceeded) {
          seen.exceeded += 1;
          expect(spent).toEqual(minima);
        } else expect(priceOf(all, spent)).toBeLessThanOrEqual(budget + 1e-6);
      }),
      { seed: 21, numRuns: 400 },
    );
    expect(seen.cut).toBeGreaterThan(200);
    expect(seen.exceeded).toBeGreaterThan(20);
  });

  test('cuts nobody while one of lower priority has more than its minimum', () => {
    let both = 0;
    fc.assert(
      fc.property(requests, fc.double({ min: 0.01, max: 12, noNaN: true }), (drawn, budget) => {
        const all = asked(drawn);
        const free = bound(all).map(({ desired }) => desired);
        const given = within(all, budget).map(({ desired }) => desired);
        drawn.forEach((high, i) => {
          if (given[i] === free[i]) return;
          drawn.forEach((low, j) => {
            if (low.priority >= high.priority) return;
            expect(given[j]).toBe(Math.min(free[j], all[j].workload.minReplicas));
            both += 1;
          });
        });
      }),
      { seed: 22, numRuns: 400 },
    );
    expect(both).toBeGreaterThan(100);
  });

  test('gives nobody less when it is larger, and changes nothing where it pays for all', () => {
    fc.assert(
      fc.property(
        requests,
        fc.double({ min: 0.01, max: 12, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (drawn, budget, more) => {
          const all = asked(drawn);
          const small = within(all, budget);
          within(all, budget + more).forEach(({ desired }, i) => {
            expect(desired).toBeGreaterThanOrEqual(small[i].desired);
          });
          const free = bound(all);
          expect(
            within(
              all,
              priceOf(
                all,
                free.map(({ desired }) => desired),
              ) + 0.01,
            ),
          ).toEqual(free);
        },
      ),
      { seed: 23, numRuns: 400 },
    );
  });

  test('is shared among equals by what they ask for beyond their minima', () => {
    const one = (name: string, desired: number): AllocationRequest => ({
      workload: workload({ name, minReplicas: 2, maxReplicas: 40 }),
      from: 2,
      desired,
      placed: 2,
      replicaPerHour: 0.1,
    });
    // $0.4 for the minima, and 12 pods more for 8 and 16 that are asked for beyond them.
    expect(within([one('a', 10), one('b', 18)], 1.6).map(({ desired }) => desired)).toEqual([6, 10]);
  });

  test('takes away what is there, and says whose it is and what it costs', () => {
    const one = (name: string, priority: number, from: number, desired: number): AllocationRequest => ({
      workload: workload({ name, minReplicas: 1, maxReplicas: 40, scheduling: { priority } }),
      from,
      desired,
      placed: from,
      replicaPerHour: 0.25,
    });
    const [reports, shop] = within([one('reports', 0, 8, 8), one('shop', 10, 4, 10)], 3.1);
    expect(shop).toEqual({ desired: 10, rules: [], reason: null });
    expect(reports.desired).toBe(2);
    const [{ numbers, ...rule }] = reports.rules;
    expect(rule).toEqual({ rule: 'budget', before: 8, after: 2 });
    expect(numbers).toMatchObject({
      budgetPerHour: 3.1,
      podPerHour: 0.25,
      cutPerHour: 1.5,
      priority: 0,
      aheadPerHour: 2.5,
    });
    expect(numbers.leftPerHour).toBeCloseTo(0.1);
  });

  test('leaves alone a workload of which nobody has said how many there are, and one that is paused', () => {
    const quiet: AllocationRequest = { workload: workload(), from: null, desired: 5, placed: 0, replicaPerHour: 1 };
    const paused: AllocationRequest = {
      workload: workload({ name: 'b' }),
      from: 0,
      desired: 0,
      placed: 0,
      replicaPerHour: 1,
    };
    expect(within([quiet, paused], 0.5).map(({ desired }) => desired)).toEqual([5, 0]);
  });
});
