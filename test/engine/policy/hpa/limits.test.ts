import { describe, expect, test } from 'vitest';
import type { ScalingPolicy } from '../../../../src/engine/policy/hpa/hpa-behavior.js';
import type { ScaleEvent } from '../../../../src/engine/policy/hpa/hpa-state.js';
import { limitByBehavior } from '../../../../src/engine/policy/hpa/limit-by-behavior.js';
import { limitByBounds } from '../../../../src/engine/policy/hpa/limit-by-bounds.js';
import { type RateBasis, scaleDownLimit, scaleUpLimit } from '../../../../src/engine/policy/hpa/rate-limits.js';
import { recordedEvent } from '../../../../src/engine/policy/hpa/scale-events.js';
import { seconds } from '../../../../src/kernel/micros.js';
import { ago, behaviorWith, now } from './examples.js';

const pods = (value: number, period = 60): ScalingPolicy => ({ type: 'pods', value, periodMicros: seconds(period) });
const percent = (value: number, period = 60): ScalingPolicy => ({ ...pods(value, period), type: 'percent' });
const event = (change: number, secondsAgo: number): ScaleEvent => ({ change, at: ago(secondsAgo) });
const basis = (current: number, changes: Partial<RateBasis> = {}): RateBasis => {
  return { current, scaleUpEvents: [], scaleDownEvents: [], semantics: 'head', now, ...changes };
};
const rules = (select: 'max' | 'min' | 'disabled', ...policies: readonly ScalingPolicy[]) => {
  return { ...behaviorWith({}).scaleUp, select, policies };
};

describe('without behavior', () => {
  const bounds = { minReplicas: 2, maxReplicas: 30, scaleUpLimit: { factor: 2, minimum: 4 } };

  test.each([
    [10, 15, 15, 'DesiredWithinRange'],
    [10, 25, 20, 'ScaleUpLimit'],
    [1, 9, 4, 'ScaleUpLimit'],
    [20, 100, 30, 'TooManyReplicas'],
    [10, 1, 2, 'TooFewReplicas'],
  ])('from %i to %i goes to %i: %s', (current, desired, replicas, reason) => {
    expect(limitByBounds(current, desired, bounds)).toMatchObject({ replicas, reason });
  });

  test('every step of the limits is told', () => {
    expect(limitByBounds(20, 100, bounds).rules).toEqual([
      { rule: 'scale-up-limit', before: 100, after: 40, numbers: { limit: 40, current: 20 } },
      { rule: 'max', before: 40, after: 30, numbers: { max: 30 } },
    ]);
  });
});

describe('rate policies', () => {
  test('count from the replicas at the start of the period, as all of our own changes tell', () => {
    const events = { scaleUpEvents: [event(5, 30), event(7, 60)], scaleDownEvents: [event(2, 10)] };
    // Now 20, a minute ago 20 - 5 + 2 = 17; the event of exactly a minute ago is out.
    expect(scaleUpLimit(rules('max', pods(10)), basis(20, events))).toMatchObject({ replicas: 27, periodStart: 17 });
    expect(scaleDownLimit(rules('max', pods(10)), basis(20, events))).toMatchObject({ replicas: 7, periodStart: 17 });
  });

  test('of v1.20 forget the other direction', () => {
    const events = { scaleUpEvents: [event(5, 30)], scaleDownEvents: [event(2, 10)], semantics: '1.20' as const };
    expect(scaleUpLimit(rules('max', pods(10)), basis(20, events)).replicas).toBe(25);
    expect(scaleDownLimit(rules('max', pods(10)), basis(20, events)).replicas).toBe(12);
  });

  test('in percent let a single pod grow, and round down on the way down', () => {
    expect(scaleUpLimit(rules('max', percent(10)), basis(1)).replicas).toBe(2);
    expect(scaleDownLimit(rules('max', percent(10)), basis(9)).replicas).toBe(8);
    expect(scaleDownLimit(rules('max', percent(10)), basis(1)).replicas).toBe(0);
  });

  test('are chosen by the size of the change', () => {
    const two = [pods(4), percent(100)] as const;
    expect(scaleUpLimit(rules('max', ...two), basis(10)).replicas).toBe(20);
    expect(scaleUpLimit(rules('min', ...two), basis(10)).replicas).toBe(14);
    expect(scaleUpLimit(rules('disabled', ...two), basis(10)).replicas).toBe(10);
    expect(scaleDownLimit(rules('max', ...two), basis(10)).replicas).toBe(0);
    expect(scaleDownLimit(rules('min', ...two), basis(10)).replicas).toBe(6);
    expect(scaleDownLimit(rules('disabled', ...two), basis(10)).replicas).toBe(10);
  });
});

describe('with behavior', () => {
  const limits = {
    minReplicas: 2,
    maxReplicas: 30,
    behavior: behaviorWith({ policies: [pods(4)] }, { policies: [pods(3)] }),
  };

  test.each([
    [10, 12, 12, 'DesiredWithinRange'],
    [10, 25, 14, 'ScaleUpLimit'],
    [28, 99, 30, 'TooManyReplicas'],
    [10, 8, 8, 'DesiredWithinRange'],
    [10, 1, 7, 'ScaleDownLimit'],
    [4, 0, 2, 'TooFewReplicas'],
    [10, 10, 10, 'DesiredWithinRange'],
  ])('from %i to %i goes to %i: %s', (current, desired, replicas, reason) => {
    expect(limitByBehavior(desired, limits, basis(current))).toMatchObject({ replicas, reason });
  });

  test('a period that is used up lets nothing move, and nothing moves backwards', () => {
    const up = basis(20, { scaleUpEvents: [event(9, 30)] });
    expect(limitByBehavior(40, limits, up)).toMatchObject({ replicas: 20, reason: 'ScaleUpLimit' });
    const down = basis(20, { scaleDownEvents: [event(9, 30)] });
    expect(limitByBehavior(5, limits, down)).toMatchObject({ replicas: 20, reason: 'ScaleDownLimit' });
  });

  test('the policy that bound is told', () => {
    expect(limitByBehavior(25, limits, basis(10)).rules[0]).toEqual({
      rule: 'rate-policy',
      before: 25,
      after: 14,
      numbers: { direction: 'up', limit: 14, policy: '4 pods', periodSeconds: 60, periodStart: 10 },
    });
  });
});

test('a change is written into the last slot that no policy sees any more', () => {
  const seen = rules('max', pods(1, 60), percent(1, 120));
  const events = [event(1, 130), event(2, 121), event(3, 120), event(4, 10)];
  expect(recordedEvent(events, 7, seen, now)).toEqual([
    event(1, 130),
    { change: 7, at: now },
    event(3, 120),
    event(4, 10),
  ]);
  expect(recordedEvent([event(3, 120)], 7, seen, now)).toHaveLength(2);
});
