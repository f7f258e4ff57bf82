import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightsByCapacity } from '../../../src/engine/balance/weights-by-capacity.js';
import { weightsByLatency } from '../../../src/engine/balance/weights-by-latency.js';
import type {
  BalancePolicy,
  BalancePolicyDefinition,
  BalanceProposal,
} from '../../../src/engine/ports/balance-policy.js';
import { seconds } from '../../../src/kernel/micros.js';
import { workload } from '../fixture.js';
import { input, pod } from './pods.js';

function made(definition: BalancePolicyDefinition, section: object = {}): BalancePolicy {
  return definition.create(definition.schema.parse(section), workload());
}

function weights({ split }: BalanceProposal): Readonly<Record<string, number>> | null {
  return split?.by === 'pod' ? split.weights : null;
}

describe('weights by capacity', () => {
  test('are CPU times speed, of a mean of 1; what is not ready or on its way out has none', () => {
    const policy = made(weightsByCapacity);
    const resources = { cpuRequestMillis: 500, cpuLimitMillis: 3000, memoryRequestMiB: 1, memoryLimitMiB: null };
    const pods = [
      pod('plain', {}, { resources: { ...resources, cpuLimitMillis: 1000 } }),
      pod('large', {}, { resources }),
      pod('fast', { cpuSpeed: 2 }, { resources: { ...resources, cpuLimitMillis: 1000 } }),
      pod('coming', {}, { resources, ready: false }),
      pod('going', {}, { resources, terminating: true }),
    ];
    expect(weights(policy.decide(input(15, pods)))).toEqual({ plain: 0.5, large: 1.5, fast: 1 });
  });

  test('by request where that is wanted, and by request where there is no limit', () => {
    const resources = { cpuRequestMillis: 500, cpuLimitMillis: 9000, memoryRequestMiB: 1, memoryLimitMiB: null };
    const pods = [pod('a', {}, { resources }), pod('b', {}, { resources: { ...resources, cpuRequestMillis: 1500 } })];
    expect(weights(made(weightsByCapacity, { by: 'request' }).decide(input(15, pods)))).toEqual({ a: 0.5, b: 1.5 });
    const unlimited = pods.map(({ view }) =>
      pod(view.name, {}, { resources: { ...view.resources!, cpuLimitMillis: null } }),
    );
    expect(weights(made(weightsByCapacity).decide(input(15, unlimited)))).toEqual({ a: 0.5, b: 1.5 });
  });
});

/** Runs the policy at ticks of 15 s over pods that answer 100 requests a tick at these latencies (ms); gives the weights after each. */
function run(policy: BalancePolicy, latencies: (tick: number) => Readonly<Record<string, number>>, ticks: number) {
  const sums = new Map<string, number>();
  let weightsNow: Readonly<Record<string, number>> = {};
  return Array.from({ length: ticks }, (_, tick) => {
    const pods = Object.entries(latencies(tick)).map(([name, ms]) => {
      sums.set(name, (sums.get(name) ?? 0) + ms * 1000 * 100);
      const answers = { answered: 100 * (tick + 1), micros: sums.get(name)!, sampledAt: seconds(15 * tick) };
      return pod(name, { answers });
    });
    const proposal = policy.decide(input(15 * tick + 5, pods));
    weightsNow = weights(proposal) ?? weightsNow;
    return { weights: weightsNow, changed: proposal.split !== null, reason: proposal.reason };
  });
}

describe('weights by latency', () => {
  test('move step by step to the inverse of the latencies, and back when a slow pod has recovered', () => {
    const slow = (tick: number) => ({ a: 10, b: 10, c: tick < 20 ? 30 : 10 });
    const rows = run(made(weightsByLatency, { tolerance: '0%' }), slow, 60);
    expect(rows[0]).toMatchObject({ changed: false, reason: 'no-latency-yet' });
    expect(rows[1].weights).toEqual({ a: 1.2, b: 1.2, c: 0.8 });
    expect(rows[2].weights.c).toBeCloseTo(0.64, 4);
    // 1/10, 1/10 and 1/30 of a mean of 1 are 9/7, 9/7 and 3/7.
    expect(rows[15].weights.a).toBeCloseTo(9 / 7, 3);
    expect(rows[15].weights.c).toBeCloseTo(3 / 7, 3);
    expect(rows[59].weights.c).toBeCloseTo(1, 2);
  });

  test('no weight is aimed below the floor', () => {
    const rows = run(made(weightsByLatency, { floor: '20%' }), () => ({ a: 1, b: 1, c: 1000 }), 40);
    expect(rows[39].weights.c).toBeCloseTo(0.2, 1);
    expect(Math.min(...rows.map((row) => row.weights.c ?? 1))).toBeGreaterThanOrEqual(0.2);
  });

  test('at constant latencies they come to rest', () => {
    const rows = run(made(weightsByLatency), () => ({ a: 12, b: 9, c: 20, d: 11 }), 60);
    expect(rows.slice(20).filter(({ changed }) => changed)).toEqual([]);
    expect(rows[59].reason).toBe('balanced');
  });

  test('are finite, above 0 and change by no more than they may, whatever the latencies', () => {
    const latency = fc.double({ min: 0.001, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(latency, latency, latency), { minLength: 3, maxLength: 20 }), (table) => {
        const rows = run(
          made(weightsByLatency),
          (tick) => ({ a: table[tick][0], b: table[tick][1], c: table[tick][2] }),
          table.length,
        );
        let before: Readonly<Record<string, number>> = { a: 1, b: 1, c: 1 };
        for (const row of rows) {
          for (const [name, weight] of Object.entries(row.weights)) {
            expect(Number.isFinite(weight) && weight > 0).toBe(true);
            expect(Math.abs(weight - before[name])).toBeLessThanOrEqual(0.2 * before[name] + 1e-4);
          }
          if (Object.keys(row.weights).length > 0) before = row.weights;
        }
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  test('a pod that nothing is known of is an ordinary one, and counters that begin anew count from there', () => {
    const policy = made(weightsByLatency, { tolerance: '0%' });
    const at = (tick: number, a: number, b: number) => [
      pod('a', { answers: { answered: a, micros: a * 10_000, sampledAt: seconds(15 * tick) } }),
      pod('b', { answers: { answered: b, micros: b * 10_000, sampledAt: seconds(15 * tick) } }),
      pod('new'),
    ];
    policy.decide(input(0, at(0, 100, 1000)));
    policy.decide(input(15, at(1, 200, 1100)));
    expect(policy.decide(input(30, at(2, 300, 50))).reason).toBe('balanced');
  });
});
