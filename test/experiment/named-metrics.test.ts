import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Decision, MetricReading } from '../../src/domain/decision.js';
import { readJournalLine } from '../../src/engine/read-journal-line.js';
import { builtIn } from '../../src/engine/registries.js';
import { replay } from '../../src/engine/replay.js';
import { readJournalHeader, writeJournalHeader } from '../../src/experiment/journal-header.js';
import { runScenario } from '../../src/experiment/run-scenario.js';
import { loadScenario } from '../../src/experiment/scenario/load-scenario.js';
import { explainDecision } from '../../src/report/explain/explain-decision.js';
import { formatClock } from '../../src/report/format/clock.js';

/** Three pods that stay, at 90 evenly spaced requests a second of 10 ms, each calling a database of 2 ms; scrapes every 15 s with a lag of 5 s. */
function scenario({
  metrics = '',
  scaling,
  faults = '',
  named = '',
}: Record<string, string> & { scaling: string }): string {
  return `duration: 12m
warmUp: 2m
traffic:
  - { to: web, generate: { constant: 90/s }, arrivals: uniform }
workloads:
  web:
    pod: { start: 5s, readiness: { period: 5s }, concurrency: 4 }
    serve: { cpu: 10ms, calls: [db] }
    replicas: { initial: 3, min: 3, max: 3 }
${metrics === '' ? '' : `    metrics: { own: { ${metrics} } }\n`}    scaling: ${scaling}
  db:
    pod: { start: 5s }
    serve: { cpu: 2ms }
    replicas: 2
metrics: { scrape: 15s, lag: 5s, window: 1m, staleAfter: 60s${named === '' ? '' : `, named: { ${named} }`} }
faults: [${faults}]
`;
}

async function load(text: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'hindcast-')), 'own.yaml');
  writeFileSync(file, text);
  return loadScenario(file, { registries: builtIn, dataDirectory: null, version: '0' });
}

async function run(text: string) {
  const loaded = await load(text);
  const lines: string[] = [];
  const finished = await runScenario(loaded, { registries: builtIn, journalSink: (line) => lines.push(line) });
  return { loaded, lines, decisions: finished.decisions.filter(({ workload }) => workload === 'web') };
}

function at(decisions: readonly Decision[], second: number): Decision {
  const found = decisions.findLast((decision) => decision.at <= second * 1e6);
  if (found === undefined) throw new Error(`no decision at ${second} s`);
  return found;
}

function reading(decisions: readonly Decision[], second: number): MetricReading {
  return at(decisions, second).metrics[0];
}

const external = '{ policy: hpa, metrics: [{ external: own, value: 100 }] }';
const rps = "expr: 'sum(rate(http_requests_total[1m]))'";

describe('a metric that lies', () => {
  test('that is stuck makes a rate fall to nothing, and come back', async () => {
    const faults = '{ at: 4m, metrics: stuck, for: 3m }';
    const { decisions } = await run(scenario({ metrics: rps, scaling: external, faults }));
    expect(reading(decisions, 235).value).toBeCloseTo(90, 0);
    expect(reading(decisions, 350).value).toBe(0);
    expect(reading(decisions, 350).age?.sampledAt).toBe(330e6);
    expect(reading(decisions, 700).value).toBeCloseTo(90, 0);
  });

  test('that is counted twice doubles rates, and leaves quantiles as they are', async () => {
    const faults = '{ at: 4m, metrics: doubled, for: 3m }';
    const doubled = await run(scenario({ metrics: rps, scaling: external, faults }));
    expect(reading(doubled.decisions, 400).value).toBeCloseTo(180, 0);
    expect(reading(doubled.decisions, 700).value).toBeCloseTo(90, 0);
    const p95 = "expr: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[1m])))'";
    const quantile = await run(scenario({ metrics: p95, scaling: external, faults }));
    const before = reading(quantile.decisions, 235).value;
    // 12 ms lie in the bucket from 10 to 25 ms: 95% of the way are 24.25 ms, which Kubernetes counts in whole thousandths.
    expect(before).toBe(0.025);
    expect(reading(quantile.decisions, 400).value).toBe(before);
  });

  test('of which one pod is missing lacks its share', async () => {
    const faults = '{ at: 4m, missingSamples: { pods: 1, of: web }, for: 3m }';
    const { decisions } = await run(scenario({ metrics: rps, scaling: external, faults }));
    expect(reading(decisions, 400).value).toBeCloseTo(60, 0);
    const counted = await run(scenario({ metrics: "expr: 'count(in_flight)'", scaling: external, faults }));
    expect([235, 400, 500].map((second) => reading(counted.decisions, second).value)).toEqual([3, 2, 3]);
  });
});

describe('a metric that stays away', () => {
  const faults = '{ at: 4m, metrics: outage, for: 4m }';
  const away = (missing: string) =>
    run(scenario({ metrics: `${rps}, missing: ${missing}`, scaling: external, faults }));

  test('fails by itself, and then nothing is scaled', async () => {
    const { decisions } = await away('fail');
    expect(reading(decisions, 450)).toMatchObject({ value: null, missing: { done: 'fail' } });
    expect(at(decisions, 450)).toMatchObject({ reason: 'stale-metrics', desired: 3 });
    expect(explainDecision(at(decisions, 450), formatClock)).toMatch(
      /External\/own could not be used: .*no series has recent samples.*old: last scrape 00:03:45/,
    );
  });

  test('is zero, holds, is left out, or is the last one for a while, as it is told', async () => {
    const zero = await away('zero');
    expect(reading(zero.decisions, 450)).toMatchObject({ value: 0, missing: { done: 'zero' } });
    expect(explainDecision(at(zero.decisions, 450), formatClock)).toMatch(/and counted as zero/);
    const hold = await away('hold');
    expect(reading(hold.decisions, 450)).toMatchObject({ proposal: 3, missing: { done: 'hold' } });
    expect(explainDecision(at(hold.decisions, 450), formatClock)).toMatch(/and asked for what is there/);
    const ignore = await away('ignore');
    expect(reading(ignore.decisions, 450)).toMatchObject({
      proposal: null,
      invalid: null,
      missing: { done: 'ignore' },
    });
    const last = await away('{ last: 2m }');
    const done = [255, 360, 450].map((second) => reading(last.decisions, second).missing?.done);
    expect(done).toEqual([undefined, 'last', 'fail']);
    expect(reading(last.decisions, 360).value).toBe(reading(last.decisions, 255).value);
    expect(explainDecision(at(last.decisions, 360), formatClock)).toMatch(/its last one counted: .* old: last scrape/);
  });
});

describe('a decision', () => {
  test('says how old each of its numbers was, and why', async () => {
    const scaling = '{ policy: hpa, metrics: [{ external: own, value: 100 }, { cpu: 60% }] }';
    const { decisions } = await run(scenario({ metrics: rps, scaling }));
    const decision = at(decisions, 302);
    expect(decision.at).toBe(300e6);
    const age = { sampledAt: 285e6, lagMicros: 5e6, windowMicros: 60e6 };
    expect(decision.metrics.map((metric) => metric.age)).toEqual([age, age]);
    expect(explainDecision(decision, formatClock)).toContain('(15 s old: last scrape 00:04:45, lag 5 s, window 60 s)');
  });

  test('says nothing of the kind where a scenario has no metric by expression', async () => {
    const { loaded, decisions } = await run(scenario({ scaling: '{ policy: hpa, metrics: [{ cpu: 60% }] }' }));
    expect(loaded.engine.metrics).toBeUndefined();
    expect(decisions.some(({ metrics }) => metrics.some((metric) => 'age' in metric))).toBe(false);
    expect(loaded.world.workloads.some((workload) => 'latencyBuckets' in workload)).toBe(false);
  });
});

describe('every policy that takes a metric by name', () => {
  const ofDb = `expr: 'sum(rate(requests_total{workload="db"}[1m]))'`;

  test.each([
    ['external', '{ policy: hpa, metrics: [{ external: own, averageValue: 100 }] }', 30],
    ['object', '{ policy: hpa, metrics: [{ object: own, describedObject: { name: web }, value: 100 }] }', 90],
    ['prometheus', '{ policy: keda, triggers: [{ type: prometheus, metric: own, threshold: 100 }] }', 30],
    [
      'prometheus as a whole',
      '{ policy: keda, triggers: [{ type: prometheus, metric: own, threshold: 100, metricType: Value }] }',
      90,
    ],
    ['target tracking', '{ policy: target-tracking, metric: own, value: 100 }', 90],
    ['step', '{ policy: step, alarms: [{ metric: own, value: 100, when: above, steps: [{ by: 1 }] }] }', 90],
    [
      'composite',
      '{ policy: composite, policies: [{ policy: fixed, replicas: 3 }, { policy: target-tracking, metric: own, perPod: 50 }] }',
      30,
    ],
  ])('%s reads it, with its age', async (_, scaling, value) => {
    const { decisions } = await run(scenario({ metrics: ofDb, scaling }));
    expect(reading(decisions, 600).value).toBeCloseTo(value, 0);
    expect(reading(decisions, 600).age).toMatchObject({ sampledAt: 585e6, windowMicros: 60e6 });
  });

  test('the pods metric takes one that keeps the label pod', async () => {
    const scaling = '{ policy: hpa, metrics: [{ pods: own, averageValue: 100 }] }';
    const byPod = "expr: 'sum by (pod) (rate(http_requests_total[1m]))'";
    const { decisions } = await run(scenario({ metrics: byPod, scaling }));
    expect(reading(decisions, 600).value).toBeCloseTo(30, 0);
    const whole = await run(scenario({ metrics: rps, scaling }));
    expect(reading(whole.decisions, 600).invalid).toMatch(/keep the label pod/);
  });

  test('one under metrics.named is there for all', async () => {
    const named = `everything: { expr: 'sum(rate(requests_total[1m]))' }`;
    const scaling = '{ policy: hpa, metrics: [{ external: everything, value: 100 }] }';
    const { decisions } = await run(scenario({ named, scaling }));
    expect(reading(decisions, 600).value).toBeCloseTo(180, 0);
  });

  test('the journal alone gives every decision again', async () => {
    const { loaded, lines } = await run(scenario({ metrics: `${rps}, smoothing: 30s`, scaling: external }));
    const header = readJournalHeader(writeJournalHeader(loaded), 'own');
    const entries = lines.map((line, i) => readJournalLine(line, 'own', i + 1));
    const outcome = replay(entries, header.engine, builtIn);
    expect(outcome.divergence).toBeNull();
    expect(outcome.decisions).toBeGreaterThan(40);
    expect(lines.some((line) => line.includes('"responses":{"'))).toBe(true);
  });
});

describe('what makes no sense is refused at its line', () => {
  test.each([
    [
      "expr: 'rate(http_requests_total)'",
      external,
      /own\.yaml:10: workloads\.web\.metrics\.own\.expr gives rate\(\) series/,
    ],
    [
      "expr: 'sum(http_request_total)'",
      external,
      /expr must look at series that are scraped.*\n.*Did you mean http_requests_total\?/,
    ],
    [
      `expr: 'sum(in_flight{workload="bd"})'`,
      external,
      /expr must be about a workload, was about "bd"\n.*Did you mean db\?/,
    ],
    ['expr: \'sum by (le) (in_flight{le="1"})\'', external, /must match labels that in_flight has, was about le/],
    [
      rps,
      '{ policy: hpa, metrics: [{ external: owm, value: 1 }] }',
      /must be a metric of web, was "owm"\n.*Did you mean own\?/,
    ],
    [rps, '{ policy: target-tracking, metric: owm, value: 1 }', /scaling\.metric must be a metric of web/],
    [
      rps,
      '{ policy: keda, triggers: [{ type: prometheus, metric: owm, threshold: 1 }] }',
      /prometheus must be a metric of web/,
    ],
  ])('%s with %s', async (metrics, scaling, says) => {
    await expect(load(scenario({ metrics, scaling }))).rejects.toThrow(says);
  });

  test('a metric must not take the name of one that is there already', async () => {
    const text = scenario({ named: `in_flight: { expr: 'sum(in_flight)' }`, scaling: external, metrics: rps });
    await expect(load(text)).rejects.toThrow(/metrics\.named\.in_flight must not be called in_flight/);
  });
});
