import { describe, expect, test } from 'vitest';
import { reconcileHpa } from '../../../../src/engine/policy/hpa/reconcile-hpa.js';
import { initialHpaState } from '../../../../src/engine/policy/hpa/hpa-state.js';
import type { HpaConfig } from '../../../../src/engine/policy/hpa/hpa-config.js';
import type { HpaInput } from '../../../../src/engine/policy/hpa/hpa-input.js';
import type { HpaState } from '../../../../src/engine/policy/hpa/hpa-state.js';
import { micros, seconds } from '../../../../src/kernel/micros.js';
import { behaviorWith, configWith, cpuAt, freshState, inputOf, now, queueAt, readyPods, usage } from './examples.js';

function tick(config: HpaConfig, input: HpaInput, state: HpaState = freshState) {
  return reconcileHpa(config, state, input, now);
}

const reasons = ({ outcome }: ReturnType<typeof tick>) => outcome.conditions.map(({ reason }) => reason);
const ruleNames = ({ outcome }: ReturnType<typeof tick>) => outcome.rules.map(({ rule }) => rule);
const broken = { type: 'unavailable', message: 'the pipe is broken' } as const;
const values = (...milli: readonly number[]) => ({ type: 'values', milli }) as const;

describe('several metrics', () => {
  const config = configWith({ metrics: [cpuAt(50), queueAt(10_000)] });

  test('the one that asks for most wins, and all of them are told', () => {
    const step = tick(config, inputOf(readyPods(2), [usage(800, 800), values(15_000)]));
    expect(step.outcome).toMatchObject({ desiredReplicas: 4, rawDesired: 4, winner: 'cpu' });
    expect(step.outcome.proposals.map(({ name, proposal }) => [name, proposal])).toEqual([
      ['cpu', 4],
      ['external/queue', 3],
    ]);
  });

  test('a broken one does not stand in the way of scaling up', () => {
    const step = tick(config, inputOf(readyPods(2), [usage(800, 800), broken]));
    expect(step.outcome.desiredReplicas).toBe(4);
    expect(reasons(step)).toEqual(['SucceededRescale', 'ValidMetricFound', 'DesiredWithinRange', 'NotScaledToZero']);
    expect(ruleNames(step)).toContain('invalid-metrics');
  });

  test('a broken one forbids scaling down, by its own reason, but in v1.20', () => {
    const input = inputOf(readyPods(4), [usage(100, 100, 100, 100), broken]);
    const step = tick(config, input);
    expect(step.outcome).toMatchObject({ desiredReplicas: 4, rescaled: false, rawDesired: null, winner: null });
    expect(reasons(step)).toEqual(['SucceededGetScale', 'FailedGetExternalMetric']);
    expect(step.outcome.rules).toEqual([
      {
        rule: 'invalid-metrics',
        before: 1,
        after: 4,
        numbers: {
          invalid: 1,
          of: 2,
          first: 'external/queue',
          why: 'unable to get external metric queue: the pipe is broken',
        },
      },
    ]);
    expect(tick({ ...config, semantics: '1.20' }, input).outcome.desiredReplicas).toBe(1);
  });

  test('a broken one does not stand in the way of staying', () => {
    const step = tick(config, inputOf(readyPods(2), [usage(500, 500), broken]));
    expect(reasons(step)).toEqual(['ReadyForNewScale', 'ValidMetricFound', 'DesiredWithinRange']);
    expect(step.state.recommendations).toEqual([{ replicas: 2, at: now }]);
  });

  test('when all are broken, the first gives the reason', () => {
    const step = tick(config, inputOf(readyPods(4), [broken, broken]));
    expect(reasons(step)).toEqual(['SucceededGetScale', 'FailedGetResourceMetric']);
    expect(step.state).toEqual(freshState);
  });
});

describe('replicas outside of the bounds', () => {
  test('go back to them before any metric is looked at', () => {
    const above = tick(configWith({ maxReplicas: 5 }), inputOf(readyPods(9), [broken]));
    expect(above.outcome).toMatchObject({ desiredReplicas: 5, rescaled: true, proposals: [] });
    const below = tick(configWith({ minReplicas: 6 }), inputOf(readyPods(2), [broken]));
    expect(below.outcome).toMatchObject({ desiredReplicas: 6, rules: [{ rule: 'min', before: 2, after: 6 }] });
  });

  test('count as a change for the rate policies', () => {
    const behavior = behaviorWith({});
    const step = tick(configWith({ minReplicas: 6, behavior }), inputOf(readyPods(2), [broken]));
    expect(step.state.scaleUpEvents).toEqual([{ change: 4, at: now }]);
  });
});

describe('no replicas', () => {
  const sleepy = configWith({ minReplicas: 0, metrics: [queueAt(10_000)] });

  test('mean that somebody switched the workload off', () => {
    const step = tick(configWith(), inputOf([], [broken]));
    expect(step.outcome.desiredReplicas).toBe(0);
    expect(reasons(step)).toEqual(['SucceededGetScale', 'ScalingDisabled']);
  });

  test('wake up where the minimum is zero', () => {
    expect(tick(sleepy, inputOf([], [values(1)])).outcome.desiredReplicas).toBe(1);
  });

  test('that were our own doing wake up to a minimum that has been raised since', () => {
    const raised = { ...sleepy, minReplicas: 3 };
    const state = { ...freshState, scaledToZero: true };
    expect(tick(raised, inputOf([], [values(0)]), state).outcome.desiredReplicas).toBe(3);
    expect(tick({ ...raised, semantics: '1.20' }, inputOf([], [values(0)]), state).outcome.desiredReplicas).toBe(0);
  });

  test('that were our own doing wake up to the minimum also where policies allow a smaller step', () => {
    const raised = { ...sleepy, minReplicas: 3, behavior: behaviorWith({ select: 'disabled' }) };
    const { outcome } = tick(raised, inputOf([], [values(50_000)]), { ...freshState, scaledToZero: true });
    expect(outcome.desiredReplicas).toBe(3);
    expect(outcome.rules.at(-1)).toEqual({ rule: 'min', before: 0, after: 3, numbers: { min: 3 } });
  });

  test('are remembered as our own doing', () => {
    const asleep = tick(sleepy, inputOf(readyPods(2), [values(0)]));
    expect(asleep.outcome.desiredReplicas).toBe(0);
    expect(asleep.state.scaledToZero).toBe(true);
    expect(reasons(asleep)).toContain('ScaledToZero');
    expect(ruleNames(asleep)).toContain('scale-to-zero');
    const awake = tick(sleepy, inputOf([], [values(1)]), { ...asleep.state, recommendations: [] });
    expect(awake.state.scaledToZero).toBe(false);
  });
});

describe('memory', () => {
  test('begins with the replicas it finds, which hold for the first window', () => {
    const step = tick(configWith(), inputOf(readyPods(4), [usage(100, 100, 100, 100)]), initialHpaState);
    expect(step.outcome.desiredReplicas).toBe(4);
    expect(reasons(step)[0]).toBe('ScaleDownStabilized');
    expect(step.outcome.rules.find(({ rule }) => rule === 'stabilization')).toEqual({
      rule: 'stabilization',
      before: 1,
      after: 4,
      numbers: { direction: 'down', windowSeconds: 300, recommendation: 4, ageSeconds: 0 },
    });
    expect(step.state.recommendations?.map(({ replicas }) => replicas)).toEqual([4, 1]);
  });

  test('holds the way down for the window after a peak and no longer', () => {
    const config = configWith();
    let state: HpaState = initialHpaState;
    let replicas = 2;
    const seen: number[] = [];
    for (let second = 0; second <= 420; second += 15) {
      // 200% of a core for the first half minute, then 40% over all pods.
      const each = second <= 30 ? 1000 : 400 / replicas;
      const input = inputOf(readyPods(replicas), [usage(...Array.from({ length: replicas }, () => each))]);
      const step = reconcileHpa(config, state, input, micros(now + seconds(second)));
      state = step.state;
      replicas = step.outcome.desiredReplicas;
      seen.push(replicas);
    }
    // Up by doubling at 0, 15 and 30; the recommendation of 16 at second 30 lets go after second 330.
    expect(seen.slice(0, 3)).toEqual([4, 8, 16]);
    expect(seen.slice(3, 23)).toEqual(Array.from({ length: 20 }, () => 16));
    expect(seen[23]).toBeLessThan(16);
    expect(state.recommendations?.length).toBeLessThanOrEqual(22);
  });

  test('without behavior keeps no events, with it one for each change', () => {
    const input = inputOf(readyPods(2), [usage(1000, 1000)]);
    expect(tick(configWith(), input).state.scaleUpEvents).toEqual([]);
    const { state } = tick(configWith({ behavior: behaviorWith({}) }), input);
    expect(state.scaleUpEvents).toEqual([{ change: 2, at: now }]);
  });

  test('is plain data', () => {
    const { state } = tick(configWith({ behavior: behaviorWith({}) }), inputOf(readyPods(2), [usage(1000, 1000)]));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

test('a metric that asks for fewer than none asks for none', () => {
  const config = configWith({ minReplicas: 0, metrics: [queueAt(1000)] });
  const { outcome } = tick(config, inputOf(readyPods(2), [values(-5000)]));
  expect(outcome).toMatchObject({ rawDesired: 0, desiredReplicas: 0 });
});
