import { describe, expect, test } from 'vitest';
import { fallbackReplicas } from '../../../../src/engine/policy/keda/fallback.js';
import { scaleTarget, type TargetSettings, type TargetState } from '../../../../src/engine/policy/keda/scale-target.js';
import { seconds } from '../../../../src/kernel/micros.js';

const settings: TargetSettings = {
  minReplicas: 0,
  idleReplicas: null,
  cooldown: seconds(300),
  initialCooldown: seconds(0),
  fallback: null,
};

const state: TargetState = {
  replicas: 3,
  isActive: false,
  isError: false,
  lastActiveAt: seconds(0),
  createdAt: seconds(0),
};

function scaled(changes: Partial<TargetSettings>, seen: Partial<TargetState>, at: number): number | null {
  return scaleTarget({ ...settings, ...changes }, { ...state, ...seen }, seconds(at)).replicas;
}

describe('the operator', () => {
  test('a cool-down is over only after it, and begins when a trigger was last active', () => {
    expect(scaled({}, {}, 300)).toBeNull();
    expect(scaled({}, {}, 300.000001)).toBe(0);
    expect(scaled({}, { lastActiveAt: seconds(200) }, 400)).toBeNull();
  });

  test('before any trigger has ever been active the initial cool-down counts, from the creation', () => {
    const never = { lastActiveAt: null, createdAt: seconds(100) };
    expect(scaled({}, never, 101)).toBe(0);
    expect(scaled({ initialCooldown: seconds(60) }, never, 160)).toBeNull();
    expect(scaled({ initialCooldown: seconds(60) }, never, 161)).toBe(0);
  });

  test('a minimum above zero is the autoscaler`s, but for a target that lies below it', () => {
    expect(scaled({ minReplicas: 2 }, {}, 1000)).toBeNull();
    expect(scaled({ minReplicas: 5 }, {}, 1000)).toBe(5);
    expect(scaled({ minReplicas: 5 }, { replicas: 0, isActive: true }, 1000)).toBe(5);
    expect(scaled({}, { replicas: 0, isActive: true }, 1000)).toBe(1);
  });

  test('idle replicas are left for the minimum as soon as a trigger is active', () => {
    const idle = { minReplicas: 4, idleReplicas: 0 };
    expect(scaled(idle, { replicas: 0, isActive: true }, 1000)).toBe(4);
    expect(scaled(idle, { replicas: 4 }, 1000)).toBe(0);
    expect(scaled(idle, { replicas: 0 }, 1000)).toBeNull();
  });

  test('a failing trigger keeps everything, unless the fallback is none at all', () => {
    expect(scaled({}, { isError: true }, 1000)).toBeNull();
    expect(scaled({ fallback: { replicas: 6 } }, { isError: true }, 1000)).toBeNull();
    expect(scaled({ fallback: { replicas: 0 } }, { isError: true }, 1000)).toBe(0);
  });

  test('activity with a failing trigger does not count as the last activity', () => {
    const at = (isError: boolean) => {
      return scaleTarget(settings, { ...state, isActive: true, isError }, seconds(50)).lastActiveAt;
    };
    expect(at(false)).toBe(seconds(50));
    expect(at(true)).toBe(seconds(0));
  });
});

test.each([
  ['static', 2, 6],
  ['currentReplicas', 2, 2],
  ['currentReplicasIfHigher', 2, 6],
  ['currentReplicasIfHigher', 9, 9],
  ['currentReplicasIfLower', 2, 2],
  ['currentReplicasIfLower', 9, 6],
] as const)('fallback %s of six where there are %d is %d', (behavior, current, replicas) => {
  expect(fallbackReplicas({ failureThreshold: 3, replicas: 6, behavior }, current)).toBe(replicas);
});
