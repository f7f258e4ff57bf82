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

/**
 * Runs the policy for 20 min over three pods of 10 ms and three of 20 ms, of one server each, at a share of what all of them can do: counters are
 * scraped every 15 s and seen at the next tick, 5 s after that; balancers hear 2 s after a tick. Gives the weight of a fast pod over that of a slow one after each.
 */
function closedLoop(utilisation: number, maxChange = '20%'): number[] {
  const policy = made(weightsByLatency, { maxChange });
  const services = [10, 10, 10, 20, 20, 20];
  const perMs = utilisation * services.reduce((sum, service) => sum + 1 / service, 0);
  const onBoard = services.map(() => 1);
  const counters = services.map(() => ({ answered: 0, micros: 0 }));
  let shares = services.map(() => 1);
  let heard = shares;
  let scraped = counters.map((one) => ({ ...one, sampledAt: seconds(0) }));
  const ratios: number[] = [];
  for (let second = 0; second < 1200; second += 1) {
    if (second % 15 === 5) {
      const proposal = weights(
        policy.decide(
          input(
            second,
            scraped.map((answers, i) => pod(String(i), { answers })),
          ),
        ),
      );
      if (proposal !== null) shares = services.map((_, i) => proposal[i]);
    }
    if (second % 15 === 7) heard = shares;
    if (second % 15 === 7) ratios.push(heard[0] / heard[3]);
    const total = heard.reduce((sum, share) => sum + share, 0);
    for (let slice = 0; slice < 100; slice += 1) {
      services.forEach((service, i) => {
        const done = (10 / service) * (onBoard[i] / (1 + onBoard[i]));
        counters[i].answered += done;
        counters[i].micros += onBoard[i] * 10e3;
        onBoard[i] += (perMs * 10 * heard[i]) / total - done;
      });
    }
    if (second % 15 === 14) scraped = counters.map((one) => ({ ...one, sampledAt: seconds(second + 1) }));
  }
  return ratios;
}

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
    // 1/10, 1/10 and 1/30 of a mean of 1 are 9/7, 9/7 and 3/7; a third of the way there, but no more than 20%.
    expect(rows[1].weights).toEqual({ a: 1.0874, b: 1.0874, c: 0.8 });
    expect(rows[2]).toMatchObject({ changed: false, reason: 'settling' });
    expect(rows[3].weights.c).toBeCloseTo(0.8 * (3 / 7 / 0.8) ** (1 / 3), 4);
    expect(rows[20].weights.a).toBeCloseTo(9 / 7, 1);
    expect(rows[20].weights.c).toBeCloseTo(3 / 7, 1);
    expect(rows[59].weights.c).toBeCloseTo(1, 1);
  });

  test.each([
    { utilisation: 0.3, most: 1.82, settledAfter: 5 },
    { utilisation: 0.6, most: 1.95, settledAfter: 3 },
    { utilisation: 0.8, most: 3, settledAfter: 7 },
  ])(
    'of pods half as fast settle at $utilisation of what all can do: at most $most to 1 on the way, within 10% of 2 to 1 after $settledAfter ticks',
    ({ utilisation, most, settledAfter }) => {
      const ratios = closedLoop(utilisation);
      const last = ratios.findLastIndex((ratio) => Math.abs(ratio / 2 - 1) > 0.1);
      expect({ most: Math.round(Math.max(...ratios) * 100) / 100, settledAfter: last + 1 }).toEqual({
        most,
        settledAfter,
      });
    },
  );

  test('no weight is aimed below the floor', () => {
    const rows = run(made(weightsByLatency, { floor: '20%' }), () => ({ a: 1, b: 1, c: 1000 }), 80);
    expect(rows[79].weights.c).toBeCloseTo(0.2, 1);
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
