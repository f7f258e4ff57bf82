import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluated, type WrittenSeries } from './series.js';

const STEP = 15;

/** Reproducible numbers between 0 and 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Values every 15 s of a counter that restarts now and then; null is a scrape that yields nothing. */
function counter(seed: number, restarts: number, gaps: number): (number | null)[] {
  const next = chance(seed);
  let value = Math.floor(next() * 500);
  return Array.from({ length: 60 }, () => {
    value = next() < restarts ? Math.floor(next() * 5) : value + Math.floor(next() * 40);
    return next() < gaps ? null : value;
  });
}

function histogram(seed: number): readonly { readonly le: string; readonly values: number[] }[] {
  const next = chance(seed);
  const bounds = ['0.005', '0.05', '0.25', '1', '2.5', '+Inf'];
  const counts = bounds.map(() => 0);
  const rows = Array.from({ length: 60 }, () => {
    for (let i = 0; i < 20; i += 1) counts[Math.floor(next() * next() * bounds.length)] += 1;
    let sum = 0;
    return counts.map((count) => (sum += count));
  });
  return bounds.map((le, i) => ({ le, values: rows.map((row) => row[i]) }));
}

interface Written {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly (number | null)[];
}

const pods = ['a', 'b', 'c'];
const written: readonly Written[] = [
  ...pods.map((pod, i) => ({
    metric: 'http_requests_total',
    labels: { workload: 'web', pod, code: '200' },
    values: counter(i + 1, 0.05, i * 0.05),
  })),
  ...pods.map((pod, i) => ({
    metric: 'http_requests_total',
    labels: { workload: 'web', pod, code: '500' },
    values: counter(i + 11, 0.05, 0),
  })),
  ...pods.map((pod, i) => {
    const next = chance(i + 21);
    const values = Array.from({ length: 60 }, () => Math.floor(next() * 30));
    return { metric: 'in_flight', labels: { workload: 'web', pod }, values };
  }),
  ...pods.flatMap((pod, i) =>
    histogram(i + 31).map(({ le, values }) => ({
      metric: 'http_request_duration_seconds_bucket',
      labels: { workload: 'web', pod, le },
      values,
    })),
  ),
  { metric: 'requests_total', labels: { workload: 'web' }, values: counter(41, 0.02, 0.2) },
  { metric: 'requests_total', labels: { workload: 'db' }, values: counter(42, 0, 0) },
  { metric: 'errors_total', labels: { workload: 'web' }, values: counter(43, 0, 0).map((value) => value ?? 0) },
  // It begins late, at zero, and grows: the counter's zero bounds the extrapolation.
  {
    metric: 'published_total',
    labels: { workload: 'late' },
    values: Array.from({ length: 60 }, (_, i) => (i < 20 ? null : (i - 20) * 7)),
  },
  // It has not been heard of for more than five minutes at the later instants.
  { metric: 'queue_length', labels: { workload: 'gone' }, values: Array.from({ length: 20 }, (_, i) => i) },
];

const series: readonly WrittenSeries[] = written.map(({ metric, labels, values }) => ({
  metric,
  labels,
  samples: values.flatMap((value, i) => (value === null ? [] : [[i * STEP, value] as const])),
}));

const expressions = [
  'rate(http_requests_total[1m])',
  'sum(rate(http_requests_total[1m]))',
  'sum by (pod) (rate(http_requests_total{code=~"5.."}[2m]))',
  'sum without (code) (increase(http_requests_total[5m]))',
  'irate(http_requests_total{pod!="b"}[2m])',
  'increase(requests_total[3m])',
  'rate(published_total[5m])',
  'rate(requests_total[1m] offset 1m)',
  'sum(rate(requests_total{workload="db"}[1m]))',
  'rate(errors_total[1m]) / rate(requests_total{workload="web"}[1m])',
  'sum(rate(http_requests_total{code="500"}[5m])) / sum(rate(http_requests_total[5m])) * 100',
  'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))',
  'histogram_quantile(0.5, rate(http_request_duration_seconds_bucket[2m]))',
  'histogram_quantile(0.999, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))',
  'histogram_quantile(0, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))',
  'histogram_quantile(0.9, sum by (le) (http_request_duration_seconds_bucket))',
  'avg_over_time(in_flight[30s])',
  'max_over_time(in_flight[2m])',
  'min_over_time(in_flight[2m])',
  'sum_over_time(in_flight[2m])',
  'count_over_time(http_requests_total[2m])',
  'last_over_time(in_flight[2m])',
  'stddev_over_time(in_flight[5m])',
  'quantile_over_time(0.9, in_flight[5m])',
  'delta(in_flight[2m])',
  'idelta(in_flight[2m])',
  'deriv(in_flight[5m])',
  'predict_linear(in_flight[5m], 600)',
  'changes(in_flight[5m])',
  'resets(http_requests_total[5m])',
  'avg(in_flight)',
  'max(in_flight) - min(in_flight)',
  'count(in_flight > 10)',
  'in_flight > bool 10',
  'stddev(in_flight)',
  'quantile(0.75, in_flight)',
  'in_flight + on (pod) sum by (pod) (rate(http_requests_total[1m]))',
  'in_flight{pod="a"} or in_flight{pod="b"}',
  'in_flight and in_flight > 15',
  'in_flight unless in_flight > 15',
  'clamp_max(clamp_min(in_flight, 5), 20)',
  'round(in_flight / 7, 0.5)',
  'ceil(in_flight / 7) + floor(in_flight / 7)',
  '-in_flight ^ 2',
  '2 + 3 * 4 ^ 2 % 7',
  'scalar(sum(in_flight)) * 2',
  'queue_length',
  'sum(queue_length) or vector(0)',
  'sqrt(abs(in_flight - 20))',
];

/*
 * Off the grid of scrapes: versions 2 and 3 differ in what they do with a sample exactly at the beginning of a window. Late enough for every
 * window to be inside the series: version 2 extrapolates the beginning of a young counter further than version 3.
 */
const instants = [371, 512, 844];

/** Expectations that nothing fulfils, so that promtool prints what the original comes to. */
function ruleTest(): string {
  const lines = ['rule_files: []', 'evaluation_interval: 15s', 'tests:', `  - interval: ${STEP}s`, '    input_series:'];
  for (const { metric, labels, values } of written) {
    const text = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
    lines.push(`      - series: '${metric}{${text.join(',')}}'`);
    lines.push(`        values: '${values.map((value) => value ?? '_').join(' ')}'`);
  }
  lines.push('    promql_expr_test:');
  for (const second of instants) {
    for (const expr of expressions) {
      lines.push(`      - expr: ${JSON.stringify(expr)}`, `        eval_time: ${second}s`);
      lines.push(`        exp_samples: [{ labels: '{impossible="yes"}', value: 42 }]`);
    }
  }
  return `${lines.join('\n')}\n`;
}

type Answers = Readonly<Record<string, number>>;

/** What promtool prints after `got:`, by labels without the metric's name. */
function answersOf(printed: string): Answers {
  const found = [...printed.matchAll(/\{([^}]*)\} ([-+\w.]+)/g)];
  return Object.fromEntries(
    found.map(([, labels, value]) => [labels.replace(/__name__="\w+"(, )?/, ''), numberIn(value)]),
  );
}

function numberIn(text: string): number {
  if (/^[+]?Inf$/.test(text)) return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

function ours(expr: string, second: number): Answers {
  return Object.fromEntries(
    evaluated(expr, series, second).map(([labels, value]) => {
      const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
      return [sorted.map(([name, one]) => `${name}="${one}"`).join(', '), value];
    }),
  );
}

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

test('every expression comes to what Prometheus itself makes of the same series', { timeout: 60_000 }, ({ skip }) => {
  if (!hasPromtool) {
    if (process.env.HINDCAST_REQUIRE_REAL === '1')
      throw new Error('promtool is not installed: apt-get install prometheus');
    process.stderr.write(
      'skipped: comparison with Prometheus: promtool is not installed (apt-get install prometheus)\n',
    );
    skip('promtool is not installed');
  }
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'queries.yaml');
  writeFileSync(file, ruleTest());
  const { stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
  const printed = [...`${stdout}${stderr}`.matchAll(/time: \S+,\s+exp: [^\n]*\n\s+got: ([^\n]*)/g)].map(
    ([, got]) => got,
  );
  expect(printed).toHaveLength(instants.length * expressions.length);
  const wrong = instants.flatMap((second, i) =>
    expressions.flatMap((expr, k) => {
      const theirs = answersOf(printed[i * expressions.length + k]);
      const own = ours(expr, second);
      return same(own, theirs) ? [] : [{ expr, second, own, theirs }];
    }),
  );
  expect(wrong).toEqual([]);
  // Most expressions are about something at every instant, so that the comparison is not one of nothing with nothing.
  expect(printed.filter((text) => text !== 'nil').length).toBeGreaterThan(printed.length * 0.9);
});

function same(own: Answers, theirs: Answers): boolean {
  const labels = Object.keys(theirs);
  return (
    labels.length === Object.keys(own).length &&
    labels.every((label) => Object.is(own[label], theirs[label]) || closeTo(own[label], theirs[label]))
  );
}

/** Prometheus adds up with compensation: the last digits differ. */
function closeTo(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
