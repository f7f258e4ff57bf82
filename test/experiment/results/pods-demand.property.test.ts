import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Measurement } from '../../../src/domain/measurement.js';
import type { RunSeries } from '../../../src/domain/run-result.js';
import type { WorldSpec } from '../../../src/domain/world-spec.js';
import { podsDemand } from '../../../src/experiment/results/pods-demand.js';
import { erlangC, waitingTail } from '../../../src/experiment/results/waiting-tail.js';

/** Erlang's C by the usual recursion for B. */
function naiveErlangC(m: number, a: number): number {
  let b = 1;
  for (let k = 1; k <= m; k += 1) b = (a * b) / (k + a * b);
  return b / (1 - (a / m) * (1 - b));
}

test("Erlang's C is that of the recursion", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.01, max: 0.999, noNaN: true }), (m, rho) => {
      expect(erlangC(m, m * rho)).toBeCloseTo(naiveErlangC(m, m * rho), 10);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('the known value: two workers at 50% make a third of the arrivals wait', () => {
  expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12);
  expect(waitingTail({ workers: 1, arrivalsPerSecond: 5, holdSeconds: 0.1, holdScv: 1 }, 0.2)).toBeCloseTo(
    0.5 * Math.exp(-1),
    12,
  );
});

const slo = { latencyMicros: 500_000, target: 0.99 };

interface Row {
  readonly rate: number;
  readonly holdMs: number;
  readonly scv: number;
}

type Rollouts = NonNullable<Measurement['rollouts']>;

function demandOf(concurrency: number, rows: readonly Row[]): Float64Array {
  return podsDemand({ series: seriesOf(rows) }, worldOf(concurrency), 'web').demandPods;
}

function worldOf(concurrency: number, faults: readonly unknown[] = []): WorldSpec {
  const serving = { discipline: 'fcfs', concurrency };
  return { slo, workloads: [{ name: 'web', pod: { serving } }], faults } as unknown as WorldSpec;
}

function seriesOf(rows: readonly Row[]): RunSeries {
  const column = (read: (row: Row) => number): Float64Array => Float64Array.from(rows, read);
  const columns = {
    offeredPerSecond: column(({ rate }) => rate),
    holdMs: column(({ holdMs }) => holdMs),
    holdScv: column(({ scv }) => scv),
    readyPods: column(() => 1),
  };
  return {
    stepSeconds: 10,
    steps: rows.length,
    startSeconds: Float64Array.from(rows, (_, i) => i * 10),
    tables: [{ entity: 'web', kind: 'workload', columns }],
  };
}

test('after a rollout demand goes by what its pods are', () => {
  const of = (cpuCores: number) => ({ serving: { discipline: 'processor-sharing', cpuCores } });
  const rollouts = [{ at: 20e6, pod: of(4), demandFactor: 1 }];
  const columns = {
    offeredPerSecond: [20, 20, 20, 20],
    holdMs: [200, 200, 200, 200],
    holdScv: [1, 1, 1, 1],
    readyPods: [1, 1, 1, 1],
  };
  const series = {
    ...{ stepSeconds: 10, steps: 4, startSeconds: Float64Array.of(0, 10, 20, 30) },
    tables: [
      {
        entity: 'web',
        kind: 'workload' as const,
        columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
      },
    ],
  };
  const world = { slo, workloads: [{ name: 'web', pod: of(1), rollouts }], faults: [] };
  const { demandPods, capacityPerSecond } = podsDemand({ series }, world as unknown as WorldSpec, 'web');
  expect(demandPods[1]).toBeGreaterThan(2 * demandPods[2]);
  expect([...capacityPerSecond]).toEqual([5, 5, 20, 20]);
});

test('demand is the fewest pods that meet the objective, wherever the search starts', () => {
  const row = fc.record({
    rate: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 10_000, max: 2_000_000 }).map((thousandths) => thousandths / 1000) },
      fc.constant(0),
    ),
    holdMs: fc.double({ min: 1, max: 400, noNaN: true }),
    scv: fc.double({ min: 0, max: 4, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 16 }),
      fc.array(row, { minLength: 1, maxLength: 12 }),
      (concurrency, rows) => {
        const demand = demandOf(concurrency, rows);
        rows.forEach(({ rate, holdMs, scv }, i) => {
          const load = { arrivalsPerSecond: rate, holdSeconds: holdMs / 1e3, holdScv: scv };
          const meets = (pods: number): boolean =>
            rate === 0 || waitingTail({ ...load, workers: pods * concurrency }, 0.5 - holdMs / 1e3) <= 0.01 + 1e-12;
          expect(meets(demand[i])).toBe(true);
          if (demand[i] > 1)
            expect(
              waitingTail({ ...load, workers: (demand[i] - 1) * concurrency }, 0.5 - holdMs / 1e3),
            ).toBeGreaterThan(0.01 - 1e-12);
        });
      },
    ),
    { seed: 2, numRuns: 200 },
  );
});

test('a hold time that alone breaks the objective is no reason for more pods', () => {
  const usual = { rate: 100, holdMs: 100, scv: 1 };
  const [before, during] = demandOf(4, [usual, { ...usual, holdMs: 5000 }, usual]);
  expect(during).toBe(before);
});

test('few requests say little of how long requests take: those of the steps before are asked as well', () => {
  const usual = { rate: 2, holdMs: 100, scv: 1 };
  const slow = { ...usual, holdMs: 450 };
  const [alone] = demandOf(1, [slow]);
  const among = demandOf(1, [...Array.from({ length: 6 }, () => usual), slow])[6];
  expect(among).toBeLessThan(alone);
  const busy = (row: Row): Row => ({ ...row, rate: 100 });
  expect(demandOf(1, [busy(usual), busy(slow)])[1]).toBe(demandOf(1, [busy(slow)])[0]);
});

test('where nothing was ever served, one pod is the least that is needed', () => {
  expect([
    ...demandOf(4, [
      { rate: 20, holdMs: NaN, scv: NaN },
      { rate: 0, holdMs: NaN, scv: NaN },
    ]),
  ]).toEqual([1, 0]);
});

test('pods that have lost half of their workers are needed twice, and can do half', () => {
  const rows = Array.from({ length: 4 }, () => ({ rate: 100, holdMs: 100, scv: 1 }));
  const series = seriesOf(rows);
  const fault = { kind: 'loseCapacity', workload: 'web', share: 0.5, at: 10e6, durationMicros: 20e6 };
  const demand = (faults: readonly unknown[]) => podsDemand({ series }, worldOf(4, faults), 'web');
  const [whole, half] = [demand([]), demand([fault, { ...fault, workload: 'api' }])];
  expect([...half.capacityPerSecond]).toEqual([40, 20, 20, 40]);
  expect([...half.demandPods]).toEqual([1, 2, 2, 1].map((times) => times * whole.demandPods[0]));
  expect([...demand([{ ...fault, share: 1 }]).demandPods]).toEqual([...whole.demandPods]);
});

test('a revision that takes three times the CPU counts as such once it is through', () => {
  const rows = Array.from({ length: 4 }, (_, i) => ({ rate: 100, holdMs: i < 2 ? 20 : 60, scv: 1 }));
  const of = { serving: { discipline: 'processor-sharing', cpuCores: 1 } };
  const world = {
    slo,
    workloads: [{ name: 'web', pod: of, rollouts: [{ at: 0, pod: of, demandFactor: 3 }] }],
    faults: [],
  };
  const at = (finishedAt: number | null): readonly number[] => {
    const rollouts = [{ workload: 'web', revision: 1, startedAt: 0, finishedAt, stuckAt: null }] as unknown as Rollouts;
    return [
      ...podsDemand({ series: seriesOf(rows), rollouts }, world as unknown as WorldSpec, 'web').capacityPerSecond,
    ];
  };
  expect(at(20e6).map(Math.round)).toEqual([50, 50, 17, 17]);
  expect(new Set(at(null)).size).toBe(1);
});
