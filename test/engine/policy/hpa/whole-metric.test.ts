import { describe, expect, test } from 'vitest';
import type { HpaMetric } from '../../../../src/engine/policy/hpa/hpa-metric.js';
import type { HpaConfig } from '../../../../src/engine/policy/hpa/hpa-config.js';
import type { HpaInput, HpaPod } from '../../../../src/engine/policy/hpa/hpa-input.js';
import { proposeMetric } from '../../../../src/engine/policy/hpa/propose-metric.js';
import { configWith, inputOf, now, pod, readyPods } from './examples.js';

function propose(metric: HpaMetric, milli: readonly number[], pods: readonly HpaPod[], replicas = pods.length) {
  return proposeWith(configWith(), metric, milli, inputOf(pods, [], replicas));
}

function proposeWith(config: HpaConfig, metric: HpaMetric, milli: readonly number[], input: HpaInput) {
  const answer = { type: 'values', milli } as const;
  return proposeMetric(metric, { config, input: { ...input, answers: [answer] }, answer, now });
}

const value = (milli: number, kind: 'object' | 'external' = 'external'): HpaMetric => {
  return { kind, metric: 'queue', target: { type: 'value', milli } };
};
const average = (milli: number): HpaMetric => {
  return { kind: 'external', metric: 'queue', target: { type: 'averageValue', milli } };
};

describe('a value as a whole', () => {
  test('multiplies the pods that run and are ready', () => {
    const pods = [pod('a'), pod('b', { ready: { status: 'False', changedAt: now } }), pod('c', { phase: 'Pending' })];
    expect(propose(value(10_000), [50_000], pods).proposal).toBe(5);
  });

  test('within tolerance keeps the replicas, not the ready pods', () => {
    expect(propose(value(10_000), [10_500], readyPods(2), 7).proposal).toBe(7);
  });

  test('with no replicas knows neither tolerance nor pods', () => {
    expect(propose(value(10_000), [10_000], [], 0).proposal).toBe(1);
    expect(propose(value(10_000), [25_000], [], 0).proposal).toBe(3);
    expect(propose(value(10_000), [0], [], 0).proposal).toBe(0);
  });

  test('needs a pod to multiply with', () => {
    expect(propose(value(10_000), [50_000], [], 3).failure?.message).toContain('no pods returned by selector');
    expect(propose(value(10_000), [10_000], [], 3).proposal).toBe(3);
  });

  test('of an external metric is the sum, which saturates as 64 bits do', () => {
    expect(propose(value(10_000), [5000, 15_000], readyPods(2)).proposal).toBe(4);
    const { current, proposal } = propose(value(1), [2 ** 62, 2 ** 62, 2 ** 62], readyPods(2));
    expect(current).toBe(2 ** 63);
    expect(proposal).toBe(2 ** 31 - 1);
    expect(propose(value(1), [2 ** 62, 2 ** 62, -(2 ** 62)], readyPods(2)).current).toBe(2 ** 63);
    expect(propose(value(10_000), [-5000, 25_000], readyPods(2)).current).toBe(20_000);
  });
});

describe('a value for each pod', () => {
  test('asks for as many pods as the value has room in, whether they are ready or not', () => {
    const { proposal, current } = propose(average(3000), [8601], readyPods(5));
    expect(proposal).toBe(3);
    // 8601 / 5, rounded up
    expect(current).toBe(1721);
  });

  test('within tolerance of target times replicas keeps the replicas', () => {
    expect(propose(average(2200), [8600], readyPods(4)).proposal).toBe(4);
  });

  test('with no replicas reports nothing for each pod and asks for what the value needs', () => {
    const { proposal, current } = propose(average(3000), [8600], [], 0);
    expect([proposal, current]).toEqual([3, 0]);
  });

  test('that falls below zero on the way is taken for an overflow, as Kubernetes does, but not of an object nor in v1.20', () => {
    expect(propose(average(3000), [-1], readyPods(2))).toMatchObject({ current: 2 ** 63, proposal: 2 ** 31 - 1 });
    expect(propose(average(3000), [-6000, 30_000], readyPods(2)).proposal).toBe(2 ** 31 - 1);
    expect(propose(average(3000), [30_000, -6000], readyPods(2)).proposal).toBe(8);
    const object: HpaMetric = { kind: 'object', metric: 'queue', target: { type: 'averageValue', milli: 3000 } };
    expect(propose(object, [-6000], readyPods(2)).proposal).toBe(-2);
    const old = configWith({ semantics: '1.20' });
    expect(proposeWith(old, average(3000), [-6000], inputOf(readyPods(2), [])).proposal).toBe(-2);
  });
});

test('a target that is none, and a source that is not known, are reasons', () => {
  const unset: HpaMetric = { kind: 'object', metric: 'queue', target: { type: 'unset' } };
  expect(propose(unset, [1], readyPods(1)).failure).toEqual({
    reason: 'FailedGetObjectMetric',
    message: 'invalid object metric source: neither a value target nor an average value target was set',
  });
  expect(propose({ kind: 'unknown', type: 'Cheese' }, [1], readyPods(1)).failure).toEqual({
    reason: 'InvalidMetricSourceType',
    message: 'unknown metric source type "Cheese"',
  });
});
