import { describe, expect, test } from 'vitest';
import type { HpaConfig } from '../../../../src/engine/policy/hpa/hpa-config.js';
import type { HpaMetric } from '../../../../src/engine/policy/hpa/hpa-metric.js';
import type { HpaInput } from '../../../../src/engine/policy/hpa/hpa-input.js';
import { proposeMetric } from '../../../../src/engine/policy/hpa/propose-metric.js';
import { ago, configWith, inputOf, now, pod, readyPods, usage } from './examples.js';

const rps: HpaMetric = { kind: 'pods', metric: 'rps', target: { type: 'averageValue', milli: 10_000 } };

function propose(input: HpaInput, changes: Partial<HpaConfig> = {}) {
  return proposeMetric(rps, { config: configWith(changes), input, answer: input.answers[0], now });
}

describe('a plain value of each pod', () => {
  test('is averaged, cut to a whole thousandth and held against the target', () => {
    const { current, proposal } = propose(inputOf(readyPods(3), [usage(20_000, 21_000, 21_000)]));
    expect(current).toBe(20_666);
    // 3 x 2.0666
    expect(proposal).toBe(7);
  });

  test('does not care for readiness', () => {
    const starting = pod('p1', { startedAt: ago(5), ready: { status: 'False', changedAt: ago(5) } });
    expect(propose(inputOf([pod('p0'), starting], [usage(20_000, 20_000)])).proposal).toBe(4);
  });

  test('is taken to be the target for a pod without a sample on the way down, and nothing on the way up', () => {
    // (2000 + 10000) / 2 = 6000: ceil(0.6 x 2) = 2
    expect(propose(inputOf(readyPods(2), [usage(2000, null)])).proposal).toBe(2);
    // (30000 + 0) / 2 = 15000: ceil(1.5 x 2) = 3
    expect(propose(inputOf(readyPods(2), [usage(30_000, null)])).proposal).toBe(3);
  });

  test('moves nothing against its own direction, but in v1.20', () => {
    const few = inputOf(readyPods(3), [usage(30_000, 30_000, null)], 9);
    // 20000 over three pods: ceil(2 x 3) = 6 of 9 replicas, while usage asks for more.
    expect(propose(few).proposal).toBe(9);
    expect(propose(few, { semantics: '1.20' }).proposal).toBe(6);
  });

  test('on target fills nothing at head; v1.20 took the missing pod for idle and scaled down', () => {
    const input = inputOf(readyPods(2), [usage(10_000, null)]);
    expect(propose(input).proposal).toBe(2);
    expect(propose(input, { semantics: '1.20' }).proposal).toBe(1);
  });

  test('is read for a resource with an average value as well', () => {
    const metric: HpaMetric = {
      kind: 'resource',
      resource: 'cpu',
      container: null,
      target: { type: 'averageValue', milli: 200 },
    };
    const input = inputOf(readyPods(2), [usage(500, 300)]);
    const { proposal, unit } = proposeMetric(metric, { config: configWith(), input, answer: input.answers[0], now });
    expect(proposal).toBe(4);
    expect(unit).toBe('milli');
  });
});
