import { z } from 'zod';
import { groupPods } from '../../../src/engine/policy/hpa/group-pods.js';
import type { HpaPod } from '../../../src/engine/policy/hpa/hpa-input.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { now, zBig, zSeconds, zTime } from './vector-numbers.js';
import { templateOf } from './vector-pods.js';

const zPhase = z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']);

const zPod = z.looseObject({
  name: z.string(),
  deleting: z.boolean(),
  phase: zPhase,
  startTime: z.union([z.literal('unset').transform(() => 'unset' as const), zTime]).default('unset'),
  readyCondition: z.looseObject({ status: z.enum(['True', 'False', 'Unknown']), lastTransitionTime: zTime }).nullish(),
});

const zCase = z.looseObject({
  input: z.looseObject({
    resource: z.string(),
    cpuInitializationPeriodSeconds: zSeconds,
    initialReadinessDelaySeconds: zSeconds,
    pods: z.array(zPod).default([]),
    metrics: z
      .record(z.string(), z.looseObject({ valueMilli: zBig, timestamp: zTime, windowSeconds: zSeconds }))
      .default({}),
    terminalPhases: z.array(zPhase).default(['Failed', 'Succeeded']),
  }),
  expect: z.strictObject({
    readyPodCount: z.number(),
    unready: z.array(z.string()),
    missing: z.array(z.string()),
    ignored: z.array(z.string()),
  }),
});

/** Pods by what may be concluded from them. */
export const judgeGroupPods: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const samples = Object.entries(input.metrics).map(([pod, { valueMilli, timestamp, windowSeconds }]) => {
    return [pod, { pod, milli: valueMilli, at: timestamp, windowMicros: windowSeconds }] as const;
  });
  const { resource } = input;
  const groups = groupPods(input.pods.map(podOf), new Map(samples), {
    resource: resource === 'cpu' || resource === 'memory' ? resource : null,
    terminalPhases: input.terminalPhases,
    cpuInitializationMicros: input.cpuInitializationPeriodSeconds,
    initialReadinessDelayMicros: input.initialReadinessDelaySeconds,
    now,
  });
  return [
    ...expectEqual('readyPodCount', groups.readyCount, expect.readyPodCount),
    ...expectEqual('unready', sorted(groups.unready), sorted(expect.unready)),
    ...expectEqual('missing', sorted(groups.missing), sorted(expect.missing)),
    ...expectEqual('ignored', sorted(groups.ignored), sorted(expect.ignored)),
  ];
};

function sorted(names: Iterable<string>): readonly string[] {
  return [...names].sort();
}

function podOf({ name, deleting, phase, startTime, readyCondition }: z.output<typeof zPod>): HpaPod {
  return {
    name,
    phase,
    deleting,
    startedAt: startTime === 'unset' ? null : startTime,
    ready:
      readyCondition == null ? null : { status: readyCondition.status, changedAt: readyCondition.lastTransitionTime },
    template: templateOf([]),
  };
}
