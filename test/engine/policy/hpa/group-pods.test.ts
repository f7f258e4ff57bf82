import { describe, expect, test } from 'vitest';
import { groupPods } from '../../../../src/engine/policy/hpa/group-pods.js';
import type { HpaPod, PodSample } from '../../../../src/engine/policy/hpa/hpa-input.js';
import { seconds } from '../../../../src/kernel/micros.js';
import { ago, now, pod } from './examples.js';

const fresh: PodSample = { pod: 'a', milli: 100, at: ago(1), windowMicros: seconds(30) };

function groupOf(
  changes: Partial<HpaPod>,
  sample: PodSample | null = fresh,
  resource: 'cpu' | 'memory' | null = 'cpu',
) {
  const samples = new Map(sample === null ? [] : [['a', sample]]);
  const groups = groupPods([pod('a', changes)], samples, {
    resource,
    terminalPhases: ['Failed', 'Succeeded'],
    cpuInitializationMicros: seconds(300),
    initialReadinessDelayMicros: seconds(30),
    now,
  });
  if (groups.readyCount === 1) return 'ready';
  if (groups.unready.has('a')) return 'unready';
  return groups.missing.has('a') ? 'missing' : groups.ignored.has('a') ? 'ignored' : 'lost';
}

describe('pods on their way out', () => {
  test('a pod that is being deleted is ignored, also while it is pending or has no sample', () => {
    expect(groupOf({ deleting: true, phase: 'Pending' }, null)).toBe('ignored');
  });

  test.each(['Failed', 'Succeeded'] as const)('a pod that is %s is ignored', (phase) => {
    expect(groupOf({ phase })).toBe('ignored');
  });
});

test('a pending pod is unready before anybody asks for its sample', () => {
  expect(groupOf({ phase: 'Pending' }, null)).toBe('unready');
});

test('a running pod without a sample is missing, also when it is not ready', () => {
  expect(groupOf({ ready: { status: 'False', changedAt: ago(10) } }, null)).toBe('missing');
});

describe('CPU', () => {
  test('needs a Ready condition and a start time', () => {
    expect(groupOf({ ready: null })).toBe('unready');
    expect(groupOf({ startedAt: null })).toBe('unready');
  });

  test('of a pod that just started counts when a whole window has passed since it became ready', () => {
    const startedAt = ago(60);
    const at = (age: number) => ({ startedAt, ready: { status: 'True', changedAt: ago(age) } as const });
    expect(groupOf(at(31))).toBe('ready');
    expect(groupOf(at(30))).toBe('unready');
  });

  test('of a pod that just started and is not ready does not count', () => {
    expect(groupOf({ startedAt: ago(299), ready: { status: 'False', changedAt: ago(200) } })).toBe('unready');
  });

  test('of a pod that lost its readiness long after its start counts', () => {
    expect(groupOf({ startedAt: ago(300), ready: { status: 'False', changedAt: ago(200) } })).toBe('ready');
  });

  test('of a pod that never became ready does not count, by the delay of the first readiness', () => {
    const at = (age: number) => ({ startedAt: ago(1000), ready: { status: 'False', changedAt: ago(age) } as const });
    expect(groupOf(at(971))).toBe('unready');
    expect(groupOf(at(970))).toBe('ready');
  });
});

test.each(['memory', null] as const)('readiness does not matter to %s', (resource) => {
  expect(groupOf({ ready: null, startedAt: null }, fresh, resource)).toBe('ready');
});
