import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/domain/run-result.js';
import { keyFigures } from '../../src/report/key-figures.js';
import { verdictOf } from '../../src/report/verdict.js';
import { syntheticReport } from './fixtures/synthetic-report.js';

const { result } = syntheticReport({ stepSeconds: 600 });

const held: RunResult = {
  ...result,
  requests: { ...result.requests, offered: 28_114_302 },
  latencyMs: { ...result.latencyMs, p99: 212 },
  slo: { ...result.slo, latencyMs: 300, target: 0.999, violatedShare: 0.0005, errorBudgetUsed: 0.5 },
  cost: { ...result.cost, perHour: 41.2 / 24 },
  durationSeconds: 86_400,
  thresholds: [],
};

describe('the verdict', () => {
  test('a run that held says so with the four numbers', () => {
    const { kind, sentence } = verdictOf(held);
    expect(kind).toBe('held');
    expect(sentence).toBe(
      'Held: 99.95% of 28.1 M requests within 300 ms (target 99.9%), p99 212 ms, for $41.20 a day.',
    );
  });

  test('a run that lost names the error budget and the bottleneck', () => {
    const lost: RunResult = {
      ...held,
      slo: { ...held.slo, violatedShare: 0.028, errorBudgetUsed: 28 },
      bottleneck: { kind: 'dependency', name: 'db', why: 'It was busy 100% from 18:10 to 18:50' },
    };
    expect(verdictOf(lost).kind).toBe('lost');
    expect(verdictOf(lost).sentence).toBe(
      'Lost: 97.2% of 28.1 M requests within 300 ms (target 99.9%), p99 212 ms, 28 times the error budget, for $41.20 a day. ' +
        'Held back by dependency db: It was busy 100% from 18:10 to 18:50.',
    );
  });

  test('exactly on target is held, a hair below is lost', () => {
    const at = (violatedShare: number) =>
      verdictOf({ ...held, slo: { ...held.slo, target: 0.75, violatedShare } }).kind;
    expect([at(0.25), at(0.2500001)]).toEqual(['held', 'lost']);
  });

  test('a crossed threshold is named although the objective held', () => {
    const thresholds = [
      { threshold: 'latencyMs.p99 < 200', value: 212, met: false },
      { threshold: 'cost.total < 50', value: 41.2, met: true },
    ];
    const { kind, sentence } = verdictOf({ ...held, thresholds });
    expect(kind).toBe('crossed');
    expect(sentence).toContain('But 1 of 2 thresholds crossed: latencyMs.p99 < 200 (was 212).');
  });

  test('without requests there is no verdict, and no figure claims one', () => {
    const idle: RunResult = {
      ...held,
      requests: { offered: 0, served: 0, failed: 0, timedOut: 0, rejected: 0, inFlightAtEnd: 0 },
      latencyMs: { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null, max: null },
      cost: { ...held.cost, perMillionRequests: null },
    };
    expect(verdictOf(idle).kind).toBe('open');
    expect(keyFigures(idle).map(({ tone }) => tone)).toEqual(['plain', 'plain', 'plain', 'plain', 'plain']);
    expect(keyFigures(idle)[0].value).toBe('n/a');
  });

  test('short runs are priced by the hour', () => {
    expect(verdictOf({ ...held, durationSeconds: 3600 }).sentence).toContain('for $1.72 an hour.');
  });
});
