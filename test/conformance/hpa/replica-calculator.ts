import { z } from 'zod';
import { defaultScaleDown, defaultScaleUp } from '../../../src/engine/policy/hpa/hpa-behavior.js';
import type { HpaConfig } from '../../../src/engine/policy/hpa/hpa-config.js';
import type { ContainersSample, MetricAnswer } from '../../../src/engine/policy/hpa/hpa-input.js';
import type { HpaMetric } from '../../../src/engine/policy/hpa/hpa-metric.js';
import { proposeMetric } from '../../../src/engine/policy/hpa/propose-metric.js';
import { seconds } from '../../../src/kernel/micros.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { openConfig } from './vector-config.js';
import { now, zBig, zSeconds, zTime } from './vector-numbers.js';
import { podOf, zVectorPod } from './vector-pods.js';

const zPodMetric = z.looseObject({
  pod: z.string(),
  timestamp: zTime,
  windowSeconds: zSeconds,
  containersMilli: z.record(z.string(), zBig).default({}),
  reportedContainers: z.number().optional(),
});

const zInput = z.looseObject({
  fn: z.enum(['resourceUtilization', 'podMetric', 'object', 'objectPerPod', 'external', 'externalPerPod']),
  currentReplicas: z.number(),
  tolerance: z.looseObject({ up: z.number(), down: z.number() }),
  cpuInitializationPeriodSeconds: zSeconds,
  initialReadinessDelaySeconds: zSeconds,
  pods: z.array(zVectorPod).default([]),
  resource: z.enum(['cpu', 'memory']).default('cpu'),
  container: z.string().default(''),
  targetUtilizationPercent: z.number().optional(),
  targetMilli: zBig.optional(),
  podMetrics: z.array(zPodMetric).default([]),
  podMetricsMilli: z.array(z.looseObject({ pod: z.string(), valueMilli: zBig })).default([]),
  valuesMilli: z.array(zBig).default([]),
});

const zCase = z.looseObject({
  input: zInput,
  expect: z.union([
    z.strictObject({ errorContains: z.string() }),
    z.strictObject({
      replicas: z.number(),
      utilizationPercent: z.number().optional(),
      averageRawMilli: zBig.optional(),
      usageMilli: zBig.optional(),
    }),
  ]),
});

type Input = z.output<typeof zInput>;

/** Replicas that one metric asks for. */
export const judgeReplicaCalculator: Judge = (vector) => {
  const { input, expect } = zCase.parse(vector);
  const pods = input.pods.map(podOf);
  const { currentReplicas: current } = input;
  const answer = answerOf(input);
  const {
    proposal,
    failure,
    current: usage,
    averageMilli,
  } = proposeMetric(metricOf(input), {
    config: configOf(input),
    input: { specReplicas: current, statusReplicas: current, pods, answers: [answer] },
    answer,
    now,
  });
  if ('errorContains' in expect) {
    const wanted = withoutNamespace(expect.errorContains, input);
    if (failure?.message.includes(wanted) === true) return [];
    return [`expected an error with "${wanted}", was ${JSON.stringify(failure)}`];
  }
  if (failure !== null) return [`unexpected error: ${failure.message}`];
  const { replicas, utilizationPercent, averageRawMilli, usageMilli } = expect;
  return [
    ...expectEqual('replicas', proposal, replicas),
    ...(utilizationPercent === undefined ? [] : expectEqual('utilizationPercent', usage, utilizationPercent)),
    ...(averageRawMilli === undefined ? [] : expectWhole('averageRawMilli', averageMilli, averageRawMilli)),
    ...(usageMilli === undefined ? [] : expectWhole('usageMilli', usage, usageMilli)),
  ];
};

/** Our pods have no namespace; the originals' messages put it before a pod's name. */
function withoutNamespace(text: string, { pods, podMetrics }: Input): string {
  const names = new Set([...pods.map(({ name }) => name), ...podMetrics.map(({ pod }) => pod)]);
  return text.replace(/\S+\/(\S+)/g, (whole, name: string) => (names.has(name) ? name : whole));
}

/** A whole number; beyond 2^53, where sums of doubles are rounded, as near as doubles are. */
function expectWhole(what: string, actual: number | null, expected: number): readonly string[] {
  const rounded = Number.isSafeInteger(expected) ? 0 : Math.abs(expected) * 1e-15;
  if (actual !== null && Math.abs(actual - expected) <= rounded) return [];
  return expectEqual(what, actual, expected);
}

function configOf({ tolerance, ...input }: Input): HpaConfig {
  const behavior = {
    scaleUp: { ...defaultScaleUp, tolerance: tolerance.up },
    scaleDown: { ...defaultScaleDown(seconds(300)), tolerance: tolerance.down },
  };
  return {
    ...openConfig,
    behavior,
    cpuInitializationMicros: input.cpuInitializationPeriodSeconds,
    initialReadinessDelayMicros: input.initialReadinessDelaySeconds,
  };
}

function metricOf({ fn, resource, container, targetUtilizationPercent, targetMilli = 0 }: Input): HpaMetric {
  const metric = 'qps';
  switch (fn) {
    case 'resourceUtilization': {
      const target =
        targetUtilizationPercent === undefined
          ? ({ type: 'averageValue', milli: targetMilli } as const)
          : ({ type: 'utilization', percent: targetUtilizationPercent } as const);
      return { kind: 'resource', resource, container: container === '' ? null : container, target };
    }
    case 'podMetric':
      return { kind: 'pods', metric, target: { type: 'averageValue', milli: targetMilli } };
    case 'object':
    case 'external':
      return { kind: fn, metric, target: { type: 'value', milli: targetMilli } };
    case 'objectPerPod':
      return { kind: 'object', metric, target: { type: 'averageValue', milli: targetMilli } };
    case 'externalPerPod':
      return { kind: 'external', metric, target: { type: 'averageValue', milli: targetMilli } };
  }
}

function answerOf(input: Input): MetricAnswer {
  if (input.fn === 'resourceUtilization') {
    return { type: 'containers', pods: input.podMetrics.map((metric) => sampleOf(input, metric)) };
  }
  if (input.fn !== 'podMetric') return { type: 'values', milli: input.valuesMilli };
  const pods = input.podMetricsMilli.map(({ pod, valueMilli }) => {
    return { pod, milli: valueMilli, at: now, windowMicros: seconds(60) };
  });
  return { type: 'pods', pods };
}

/** A container that reported nothing is still listed, without a name and without a number. */
function sampleOf(input: Input, metric: z.output<typeof zPodMetric>): ContainersSample {
  const listed = Object.entries(metric.containersMilli).map(([name, milli]) => ({ name, milli }));
  const reported = listed.slice(0, metric.reportedContainers ?? listed.length);
  const expected = input.pods.find(({ name }) => name === metric.pod)?.containers.length ?? reported.length;
  const silent = Array.from({ length: Math.max(0, expected - reported.length) }, () => ({ name: '', milli: null }));
  return {
    pod: metric.pod,
    at: metric.timestamp,
    windowMicros: metric.windowSeconds,
    containers: [...reported, ...silent],
  };
}
