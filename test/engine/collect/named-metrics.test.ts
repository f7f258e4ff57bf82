import { describe, expect, test } from 'vitest';
import type { EngineConfig } from '../../../src/domain/engine-config.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { EngineMetric, MissingData, NamedMetric } from '../../../src/domain/named-metric.js';
import { NamedMetrics } from '../../../src/engine/collect/named-metrics.js';
import { seconds } from '../../../src/kernel/micros.js';
import { observed, podsScraped, trafficScraped } from '../fixture.js';

function metric(expr: string, changes: Partial<EngineMetric> = {}): EngineMetric {
  return {
    name: 'own',
    workload: 'web',
    expr,
    smoothingMicros: null,
    staleAfterMicros: seconds(90),
    missing: { do: 'fail' },
    ...changes,
  };
}

/** What a metric comes to at ticks, the scrapes before each fed in. */
function values(own: EngineMetric, facts: readonly Fact[], ticks: readonly number[]): NamedMetric[] {
  const metrics: NonNullable<EngineConfig['metrics']> = [own];
  const named = new NamedMetrics(metrics, seconds(60));
  let fed = 0;
  return ticks.map((second) => {
    for (; fed < facts.length && facts[fed].at <= seconds(second); fed += 1) {
      const fact = facts[fed];
      if (fact.type === 'podsScraped' || fact.type === 'trafficScraped') named.scraped(fact);
    }
    named.tick(seconds(second));
    const found = named.extend(observed(second, 1)).named?.get('own');
    if (found === undefined) throw new Error('not there');
    return found;
  });
}

const traffic = (until: number, lag = 5) =>
  Array.from({ length: until / 15 + 1 }, (_, i) => trafficScraped(i * 15, i * 150, lag));

describe('a metric by expression', () => {
  test('has the age of its newest sample, its lag and its window', () => {
    const [value] = values(metric('sum(rate(requests_total[1m]))'), traffic(60), [60]);
    expect(value.elements).toHaveLength(1);
    expect(value.elements[0].value).toBeCloseTo(10, 9);
    // The scrape of 60 s is not there before 65 s.
    expect(value.age).toEqual({ sampledAt: seconds(45), lagMicros: seconds(5), windowMicros: seconds(60) });
    expect(value.missing).toBeNull();
  });

  test('keeps the label pod apart', () => {
    const [value] = values(
      metric('sum by (pod) (rate(container_cpu_usage_seconds_total[1m]))'),
      [0, 15, 30].map((at) => podsScraped(at, { a: at * 0.5, b: at * 0.25 })),
      [30],
    );
    expect(value.elements.map(({ pod }) => pod)).toEqual(['a', 'b']);
    expect(value.elements[0].value / value.elements[1].value).toBeCloseTo(2, 9);
  });

  test('is smoothed by its half-life, whatever the period of the ticks', () => {
    const steps = [trafficScraped(0, 0), { ...trafficScraped(10, 0), inFlight: 27 }];
    const own = metric('requests_in_flight', { smoothingMicros: seconds(20) });
    // 11, then 27: half of the step is left after 20 s, a quarter after 40 s.
    const all = values(own, steps, [5, 10, 25, 45]).map(({ elements }) => elements[0].value);
    expect(all[0]).toBe(11);
    expect(all[2]).toBeCloseTo(27 - 16 * 2 ** (-20 / 20), 9);
    expect(all[3]).toBeCloseTo(27 - 16 * 2 ** (-40 / 20), 9);
  });
});

describe('a metric without a value', () => {
  const silent = (missing: MissingData, ticks: readonly number[]) =>
    values(metric('sum(rate(requests_total[1m]))', { missing }), traffic(60), ticks);

  test.each(['fail', 'hold', 'ignore'] as const)('with %s has none, and says so', (kind) => {
    const [fresh, stale] = silent({ do: kind }, [65, 200]);
    expect(fresh.missing).toBeNull();
    expect(stale).toMatchObject({ elements: [], missing: { done: kind } });
  });

  test('is zero where zero is what counts', () => {
    expect(silent({ do: 'zero' }, [200])[0]).toMatchObject({ elements: [{ value: 0 }], missing: { done: 'zero' } });
  });

  test('is its last value for so long, and then fails', () => {
    const all = silent({ do: 'last', forMicros: seconds(60) }, [65, 90, 130, 145, 155]);
    expect(all.map(({ missing }) => missing?.done)).toEqual([undefined, undefined, 'last', 'last', 'fail']);
    expect(all[3].elements).toEqual(all[1].elements);
    expect(all[4].missing?.why).toMatch(/no value for longer than 60 s/);
  });

  test('is stale by its own limit, though a longer look back would find samples', () => {
    const own = metric('requests_in_flight', { staleAfterMicros: seconds(40) });
    const [fresh, stale] = values(own, traffic(30), [70, 71]);
    expect(fresh.missing).toBeNull();
    expect(stale.missing).toEqual({ done: 'fail', why: 'its newest sample is 41 s old, limit 40 s' });
  });

  test('of a quantile of no observations is missing, not zero', () => {
    const scrapes = [0, 15, 30].map((at) => ({
      ...podsScraped(at, { a: 0 }),
      responses: { le: [0.1, 1], ok: [5], errors: [0], sumMicros: [0], buckets: [[3, 5]] },
    }));
    const expr = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[1m])))';
    expect(values(metric(expr), scrapes, [30])[0].missing).toEqual({ done: 'fail', why: 'it comes to NaN' });
  });

  test('whose series cannot be matched says why', () => {
    const facts = [podsScraped(0, { a: 1, b: 1 })];
    expect(values(metric('in_flight / ignoring (pod) sum(in_flight)'), facts, [1])[0].missing?.why).toMatch(/several/);
  });
});

describe('scrapes', () => {
  test('that come twice or late have no effect, and garbage is no sample', () => {
    const facts = [
      ...traffic(30, 0),
      { ...trafficScraped(15, 9e9), at: seconds(31) },
      { ...trafficScraped(45, NaN), inFlight: 5 },
    ];
    const [value] = values(metric('sum(increase(requests_total[30s]))'), facts, [46]);
    // Of (16, 46] only the sample of 30 s is there: one is no increase.
    expect(value.missing?.why).toBe('no series has recent samples');
  });

  test('without a pod end its series there, and begin them again with it', () => {
    const facts = [podsScraped(0, { a: 1, b: 1 }), podsScraped(15, { a: 2 }), podsScraped(30, { a: 3, b: 3 })];
    const counts = values(metric('count(in_flight)'), facts, [0, 15, 30]).map(({ elements }) => elements[0].value);
    expect(counts).toEqual([2, 1, 2]);
  });
});
