import { describe, expect, test } from 'vitest';
import { Query } from '../../../../src/engine/collect/query/query.js';
import { evaluated, every, numberOf, sourceOf } from './series.js';

describe('rates, by hand', () => {
  // 0, 10, 20, 30, 40 at 0, 15, 30, 45, 60 s; the window of a minute at 65 s is (5, 65] and has 10 to 40.
  const steady = [every(15, 'requests_total', [100, 110, 120, 130, 140])];

  test('a rate is extrapolated to both ends of its window', () => {
    // 30 in 45 s between samples; 10 s to the beginning and 5 s to the end are closer than 1.1 distances: 30 * 60 / 45 in 60 s.
    expect(numberOf('rate(requests_total[1m])', steady, 65)).toBeCloseTo(30 / 45, 12);
    expect(numberOf('increase(requests_total[1m])', steady, 65)).toBeCloseTo(40, 12);
  });

  test('but by half a distance where the series begins or ends inside it', () => {
    // The window (-235, 65] begins long before the first sample: 40 in 60 s, plus 7.5 s before and 5 s after.
    expect(numberOf('increase(requests_total[5m])', steady, 65)).toBeCloseTo((40 * 72.5) / 60, 12);
    // At 110 s the end is 50 s away, and 7.5 s count; the beginning, 10 s away, is reached.
    expect(numberOf('increase(requests_total[2m])', steady, 110)).toBeCloseTo((40 * (60 + 10 + 7.5)) / 60, 12);
  });

  test('and never to before the counter was zero', () => {
    const young = [every(15, 'requests_total', [2, 12, 22])];
    // 20 in 30 s means zero 3 s before the first sample.
    expect(numberOf('increase(requests_total[5m])', young, 35)).toBeCloseTo((20 * (30 + 3 + 5)) / 30, 12);
  });

  test('a counter that falls was restarted from zero', () => {
    const restarted = [every(15, 'requests_total', [100, 110, 4, 14])];
    // 10 + 4 + 10 in 45 s, of a window (-14, 46].
    expect(numberOf('increase(requests_total[1m])', restarted, 46)).toBeCloseTo((24 * (45 + 14 + 1)) / 45, 12);
    expect(numberOf('resets(requests_total[1m])', restarted, 46)).toBe(1);
  });

  test('one sample is no rate', () => {
    expect(evaluated('rate(requests_total[10s])', steady, 65)).toEqual([]);
  });
});

describe('quantiles of histograms, by hand', () => {
  const buckets = (counts: Record<string, number>) =>
    Object.entries(counts).map(([le, value]) => every(15, 'http_request_duration_seconds_bucket', [value], { le }));
  const query = (q: number) => `histogram_quantile(${q}, http_request_duration_seconds_bucket)`;

  test('are linear inside a bucket', () => {
    const series = buckets({ '0.1': 50, '0.5': 90, '1': 100, '+Inf': 100 });
    // Rank 95 is half-way from 90 to 100: half-way from 0.5 to 1.
    expect(numberOf(query(0.95), series, 1)).toBeCloseTo(0.75, 12);
    // Rank 25 is half-way into the first bucket, which begins at zero.
    expect(numberOf(query(0.25), series, 1)).toBeCloseTo(0.05, 12);
  });

  test('end at the last bound below infinity', () => {
    expect(numberOf(query(0.99), buckets({ '0.1': 1, '1': 2, '+Inf': 100 }), 1)).toBe(1);
  });

  test('are none of no observations, or without a bucket to infinity', () => {
    expect(numberOf(query(0.5), buckets({ '0.1': 0, '+Inf': 0 }), 1)).toBeNaN();
    expect(numberOf(query(0.5), buckets({ '0.1': 1, '1': 2 }), 1)).toBeNaN();
  });
});

describe('series that end', () => {
  test('are gone at once where a scrape no longer had them, and after five minutes where none came', () => {
    const ended = [
      {
        metric: 'in_flight',
        labels: { pod: 'a' },
        samples: [
          [0, 5],
          [15, 6],
          [30, NaN],
        ] as const,
      },
    ];
    expect(numberOf('in_flight', ended, 29)).toBe(6);
    expect(evaluated('in_flight', ended, 31)).toEqual([]);
    expect(numberOf('max_over_time(in_flight[1m])', ended, 31)).toBe(6);
    const silent = [every(15, 'in_flight', [5, 6])];
    expect(numberOf('in_flight', silent, 314)).toBe(6);
    expect(evaluated('in_flight', silent, 315)).toEqual([]);
  });
});

describe('an expression', () => {
  test('is as old as the oldest of what it looks at', () => {
    const query = Query.read('sum(rate(requests_total[1m])) / sum(in_flight)', null);
    if (typeof query === 'string') throw new Error(query);
    const source = sourceOf([every(15, 'requests_total', [0, 1, 2, 3]), every(20, 'in_flight', [1, 1])]);
    expect(query.evaluate(source, 46e6).sampledAt).toBe(20e6);
    expect(query.windowMicros).toBe(60e6);
  });

  test('about a workload looks at that one where it does not say whose series it means', () => {
    const query = Query.read('sum(in_flight) + sum(in_flight{workload="db"})', 'web');
    if (typeof query === 'string') throw new Error(query);
    const source = sourceOf(
      ['web', 'db', 'other'].map((workload, i) => every(15, 'in_flight', [10 ** i], { workload })),
    );
    expect(query.evaluate(source, 1e6)).toMatchObject({ elements: [{ value: 11 }] });
  });

  test.each([
    ['rate(requests_total)', /gives rate\(\) series where it takes a window/],
    ['requests_total[5m]', /comes to a window/],
    ['rat(requests_total[5m])', /no function here; did you mean rate\(\)/],
    ['sum(rate(requests_total[5m])', /expects \) at character 29/],
    ['requests_total{workload=web}', /expects a text in quotes at character 25/],
    ['requests_total{workload=~"(a+)+"}', /pattern/],
    ['requests_total{workload=~".*.*.*.*.*"}', /at most 4/],
    ['max_over_time(rate(requests_total[1m])[5m:15s])', /at character 39/],
    ['requests_total * on(pod) group_left in_flight', /group_left/],
    ['1 > 2', /needs bool/],
    ['requests_total and 1', /series on both sides/],
    ['"a"', /at character 1/],
    ['requests_total $ 2', /cannot be read at character 16/],
    [`${'('.repeat(50)}1${')'.repeat(50)}`, /deeper than 40/],
    ['x'.repeat(2001), /longer than 2000/],
  ])('%s is refused with a reason', (text, says) => {
    expect(Query.read(text, null)).toMatch(says);
  });

  test('that matches several series says so', () => {
    const series = ['a', 'b'].map((pod) => every(15, 'in_flight', [1], { pod }));
    expect(() => evaluated('in_flight / ignoring (pod) sum(in_flight)', series, 1)).toThrow(
      /several series on its left/,
    );
  });

  test('smooths by half-life in a window', () => {
    // Weights 1/4, 1/2, 1 for values 0, 0, 7.
    expect(numberOf('ewma_over_time(in_flight[1m], 15)', [every(15, 'in_flight', [0, 0, 7])], 30)).toBeCloseTo(4, 12);
  });
});
