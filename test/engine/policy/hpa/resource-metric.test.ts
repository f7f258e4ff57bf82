import { describe, expect, test } from 'vitest';
import type { HpaConfig } from '../../../../src/engine/policy/hpa/hpa-config.js';
import type { HpaInput, HpaPod, MetricAnswer } from '../../../../src/engine/policy/hpa/hpa-input.js';
import type { HpaMetric } from '../../../../src/engine/policy/hpa/hpa-metric.js';
import { proposeMetric } from '../../../../src/engine/policy/hpa/propose-metric.js';
import { seconds } from '../../../../src/kernel/micros.js';
import { ago, configWith, cpuAt, inputOf, now, pod, readyPods, template, usage } from './examples.js';

function propose(percent: number, input: HpaInput, changes: Partial<HpaConfig> = {}) {
  const config = configWith(changes);
  return proposeMetric(cpuAt(percent), { config, input, answer: input.answers[0], now });
}

function ask(percent: number, pods: readonly HpaPod[], answer: MetricAnswer, replicas = pods.length) {
  return propose(percent, inputOf(pods, [answer], replicas));
}

const starting = (name: string) => pod(name, { startedAt: ago(10), ready: { status: 'False', changedAt: ago(10) } });

describe('utilization', () => {
  test('is usage through requests, and the replicas follow the ratio to the target', () => {
    const { proposal, current, averageMilli } = ask(50, readyPods(4), usage(900, 700, 800, 800));
    expect(current).toBe(80);
    expect(averageMilli).toBe(800);
    // 4 pods x 80 / 50 = 6.4
    expect(proposal).toBe(7);
  });

  test('is cut to a whole percent first: 55.9% of a 50% target is within 10%, though 1.118 is not', () => {
    const { proposal, current } = ask(50, readyPods(2), usage(559, 559));
    expect(current).toBe(55);
    expect(proposal).toBe(2);
    expect(ask(50, readyPods(2), usage(560, 560)).proposal).toBe(3);
  });

  test('weighs pods by their requests, not by their own shares', () => {
    const pods = [pod('p0', { template: template(100) }), pod('p1', { template: template(900) })];
    // 90 of 100 and 90 of 900: 18%, not the mean of 90% and 10%.
    expect(ask(50, pods, usage(90, 90)).current).toBe(18);
  });

  test('says which rule was consulted, with its numbers', () => {
    expect(ask(50, readyPods(2), usage(510, 510)).rules).toEqual([
      { rule: 'tolerance', before: 3, after: 2, numbers: { ratio: 51 / 50, tolerance: 0.1, usage: 51, target: 50 } },
    ]);
  });

  test('does not count samples of pods that nobody lists, unless there are no others', () => {
    expect(ask(50, readyPods(2), usage(1000, 1000, 9000)).proposal).toBe(4);
    expect(ask(50, [pod('other')], usage(1000)).failure?.message).toBe('no metrics returned matched known pods');
  });

  test('stays exact where sums pass 2^53', () => {
    const big = 2 ** 40 * 1000;
    const pods = Array.from({ length: 90 }, (_, index) => pod(`p${index}`, { template: template(big) }));
    const answer = usage(...pods.map(() => (big / 100) * 55));
    expect(ask(50, pods, answer).current).toBe(55);
  });
});

test('what is wrong with the samples is told before what is wrong with the target', () => {
  const sample = { pod: 'p0', at: ago(1), windowMicros: seconds(30), containers: [{ name: 'app', milli: 100 }] };
  const of = (container: string): HpaMetric => ({
    kind: 'resource',
    resource: 'cpu',
    container,
    target: { type: 'utilization', percent: 0 },
  });
  const answer = { type: 'containers', pods: [sample] } as const;
  const message = (metric: HpaMetric) =>
    proposeMetric(metric, { config: configWith(), input: inputOf(readyPods(1), [answer]), answer, now }).failure
      ?.message;
  expect(message(of('proxy'))).toContain('container proxy not present in metrics for pod p0');
  expect(message(of('app'))).toBe('the target of cpu/app must be a finite number above 0, was 0');
});

describe('pods without a sample', () => {
  test('count as using all of their request on the way down', () => {
    // 10% over two pods; with the third at 100% it is 40%: still down, ceil(0.8 x 3) = 3.
    const { proposal, rules } = ask(50, readyPods(3), usage(100, 100, null));
    expect(proposal).toBe(3);
    expect(rules[0]).toMatchObject({ rule: 'missing-pods', before: 1, after: 3, numbers: { missing: 1 } });
  });

  test('count as using the target where that is above the request, but for v1.20', () => {
    const input = inputOf(readyPods(4), [usage(100, 100, 100, null)]);
    // (300 + 3000) / 4000 = 82%: ceil(0.273 x 4) = 2; with the request alone 32%: ceil(0.107 x 4) = 1.
    expect(propose(300, input).proposal).toBe(2);
    expect(propose(300, input, { semantics: '1.20' }).proposal).toBe(1);
  });

  test('count as idle on the way up', () => {
    // 100% over two pods; 66% over three: ceil(1.32 x 3).
    const { proposal, rules } = ask(50, readyPods(3), usage(1000, 1000, null));
    expect(proposal).toBe(4);
    expect(rules[0]).toMatchObject({ rule: 'missing-pods', numbers: { fill: '0', filledRatio: 66 / 50 } });
  });

  test('cannot turn a scale-down into a scale-up', () => {
    // 40% over one pod; 80% with the other at its request.
    const { proposal, rules } = ask(50, readyPods(2), usage(400, null));
    expect(proposal).toBe(2);
    expect(rules.at(-1)).toMatchObject({ rule: 'direction-flip', before: 3, after: 2 });
  });

  test('are left alone while the others are exactly on target', () => {
    expect(ask(50, readyPods(3), usage(500, 500, null)).proposal).toBe(3);
  });
});

describe('pods that are not ready', () => {
  test('count as idle on the way up, and their own usage does not count', () => {
    // 90% over the ready one; with the starting one idle 45%: below target, so nothing happens.
    const { proposal, current, rules } = ask(50, [pod('p0'), starting('p1')], usage(900, 5000));
    expect(current).toBe(90);
    expect(proposal).toBe(2);
    expect(rules[0]).toMatchObject({ rule: 'unready-pods', numbers: { unready: 1, fill: '0' } });
  });

  test('are left out on the way down', () => {
    expect(ask(50, [pod('p0'), pod('p1'), starting('p2')], usage(100, 100, 5000)).proposal).toBe(1);
  });

  test('are no ground for a decision when there are no others', () => {
    expect(ask(50, [starting('p0')], usage(900)).failure).toEqual({
      reason: 'FailedGetResourceMetric',
      message: 'did not receive metrics for targeted pods (pods might be unready)',
    });
  });
});

test('fewer counted pods than replicas cannot scale down while usage is above target', () => {
  // 60% over one pod, 30% over two with the other idle: ceil(1.2 x 2) = 3 of 6 replicas, while usage asks for more.
  expect(ask(25, readyPods(2), usage(600, null), 6).proposal).toBe(6);
});

describe('one container of each pod', () => {
  const metric = { ...cpuAt(50), container: 'app' } as const;
  const answerOf = (...containers: readonly { name: string; milli: number | null }[]): MetricAnswer => {
    return { type: 'containers', pods: [{ pod: 'p0', at: ago(1), windowMicros: seconds(30), containers }] };
  };
  const propose1 = (answer: MetricAnswer, container: string | null) => {
    const question = { config: configWith(), input: inputOf(readyPods(1), [answer]), answer, now };
    return proposeMetric(
      { ...metric, kind: 'resource', resource: 'cpu', container, target: { type: 'utilization', percent: 50 } },
      question,
    );
  };

  test('is measured by itself', () => {
    expect(propose1(answerOf({ name: 'app', milli: 800 }, { name: 'proxy', milli: 5 }), 'app').current).toBe(80);
  });

  test('without a number makes the sum of its pod unknown', () => {
    const answer = answerOf({ name: 'app', milli: 800 }, { name: 'proxy', milli: null });
    expect(propose1(answer, null).failure?.message).toContain('did not receive metrics');
    expect(propose1(answer, 'app').current).toBe(80);
  });

  test('that reports nowhere is named, under its own reason', () => {
    const { failure, name } = propose1(answerOf({ name: 'proxy', milli: 5 }), 'app');
    expect(name).toBe('cpu/app');
    expect(failure?.reason).toBe('FailedGetContainerResourceMetric');
    expect(failure?.message).toContain('container app not present in metrics for pod p0');
  });
});
