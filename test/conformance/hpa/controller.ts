import { z } from 'zod';
import { defaultScaleDown, defaultScaleUp, type HpaBehavior } from '../../../src/engine/policy/hpa/hpa-behavior.js';
import type { HpaConfig, HpaSemantics } from '../../../src/engine/policy/hpa/hpa-config.js';
import type { MetricAnswer } from '../../../src/engine/policy/hpa/hpa-input.js';
import type { HpaMetric, MetricTarget } from '../../../src/engine/policy/hpa/hpa-metric.js';
import { initialHpaState } from '../../../src/engine/policy/hpa/hpa-state.js';
import { reconcileHpa } from '../../../src/engine/policy/hpa/reconcile-hpa.js';
import { seconds } from '../../../src/kernel/micros.js';
import { expectEqual } from '../expect-equal.js';
import type { Judge } from '../judge.js';
import { rulesOf, zVectorRecommendations, zVectorRules } from './vector-behavior.js';
import { openConfig } from './vector-config.js';
import { now, zBig, zSeconds } from './vector-numbers.js';
import { podOf, zVectorPod } from './vector-pods.js';

const zMetric = z.looseObject({
  type: z.string(),
  name: z.string().default(''),
  container: z.string().optional(),
  target: z
    .looseObject({
      averageUtilization: z.number().optional(),
      averageValueMilli: zBig.optional(),
      valueMilli: zBig.optional(),
    })
    .default({}),
});

const zInput = z.looseObject({
  minReplicas: z.number(),
  maxReplicas: z.number(),
  specReplicas: z.number(),
  statusReplicas: z.number(),
  behavior: z.looseObject({ scaleUp: zVectorRules.nullish(), scaleDown: zVectorRules.nullish() }).nullish(),
  metrics: z.array(zMetric).default([]),
  pods: z.array(zVectorPod).default([]),
  reportedLevelsMilli: z.array(zBig).default([]),
  externalMetricsError: z.boolean().default(false),
  recommendations: zVectorRecommendations.nullish(),
  tolerance: z.number(),
  scaleUpLimitFactor: z.number(),
  scaleUpLimitMinimum: z.number(),
  downscaleStabilizationWindowSeconds: zSeconds,
  cpuInitializationPeriodSeconds: zSeconds,
  initialReadinessDelaySeconds: zSeconds,
  configurableToleranceEnabled: z.boolean().default(true),
});

const zExpect = z.strictObject({
  desiredReplicas: z.number(),
  conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), reason: z.string() })),
  conditionsExplicit: z.boolean().optional(),
});

const zCase = z.looseObject({ input: zInput, expect: zExpect, expectV1_20: zExpect.optional() });

type Input = z.output<typeof zInput>;

/** One reconcile, at head and, where the case tells what v1.20 did, there too. */
export const judgeController: Judge = (vector) => {
  const { input, expect, expectV1_20: expectOld } = zCase.parse(vector);
  return [
    ...judgeAt('head', input, expect),
    ...(expectOld === undefined ? [] : judgeAt('1.20', input, expectOld)).map((difference) => `v1.20: ${difference}`),
  ];
};

function judgeAt(semantics: HpaSemantics, input: Input, expect: z.output<typeof zExpect>): readonly string[] {
  const { specReplicas, statusReplicas, recommendations } = input;
  const pods = input.pods.map(podOf);
  const answers = input.metrics.map((metric) => answerOf(input, metric));
  const state = { ...initialHpaState, recommendations: recommendations ?? null };
  const { outcome } = reconcileHpa(
    configOf(semantics, input),
    state,
    { specReplicas, statusReplicas, pods, answers },
    now,
  );
  return [
    ...expectEqual('desiredReplicas', outcome.desiredReplicas, expect.desiredReplicas),
    ...expectEqual('conditions', conditionTexts(outcome.conditions), conditionTexts(expect.conditions)),
  ];
}

type Condition = Readonly<Record<'type' | 'status' | 'reason', string>>;

function conditionTexts(conditions: readonly Condition[]): readonly string[] {
  return conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`).sort();
}

function configOf(semantics: HpaSemantics, input: Input): HpaConfig {
  const window = input.downscaleStabilizationWindowSeconds;
  return {
    ...openConfig,
    semantics,
    minReplicas: input.minReplicas,
    maxReplicas: input.maxReplicas,
    metrics: input.metrics.map(metricOf),
    behavior: behaviorOf(input),
    tolerance: input.tolerance,
    downscaleStabilizationMicros: window,
    cpuInitializationMicros: input.cpuInitializationPeriodSeconds,
    initialReadinessDelayMicros: input.initialReadinessDelaySeconds,
    scaleUpLimit: { factor: input.scaleUpLimitFactor, minimum: input.scaleUpLimitMinimum },
    gates: { ...openConfig.gates, configurableTolerance: input.configurableToleranceEnabled },
  };
}

/** A direction that is not given has Kubernetes' defaults. */
function behaviorOf({ behavior, downscaleStabilizationWindowSeconds: window }: Input): HpaBehavior | null {
  if (behavior == null) return null;
  const { scaleUp, scaleDown } = behavior;
  return {
    scaleUp: scaleUp == null ? defaultScaleUp : rulesOf(scaleUp, seconds(0)),
    scaleDown: scaleDown == null ? defaultScaleDown(window) : rulesOf(scaleDown, window),
  };
}

function metricOf({ type, name, container, target: written }: z.output<typeof zMetric>): HpaMetric {
  const target = targetOf(written);
  const resource = name === 'memory' ? 'memory' : 'cpu';
  if (type === 'Resource') return { kind: 'resource', resource, container: null, target };
  if (type === 'ContainerResource') return { kind: 'resource', resource, container: container ?? null, target };
  if (type === 'Pods') return { kind: 'pods', metric: name, target };
  if (type === 'Object') return { kind: 'object', metric: name, target };
  return type === 'External' ? { kind: 'external', metric: name, target } : { kind: 'unknown', type };
}

function targetOf(written: z.output<typeof zMetric>['target']): MetricTarget {
  const { averageUtilization: percent, averageValueMilli: average, valueMilli: value } = written;
  if (average !== undefined) return { type: 'averageValue', milli: average };
  if (percent !== undefined) return { type: 'utilization', percent };
  return value === undefined ? { type: 'unset' } : { type: 'value', milli: value };
}

/** Every source of a case is fed from the same levels. */
function answerOf(input: Input, { type }: z.output<typeof zMetric>): MetricAnswer {
  const levels = input.reportedLevelsMilli;
  const windowMicros = seconds(60);
  const nameOf = (index: number): string => input.pods[index]?.name ?? `test-pod-${index}`;
  switch (type) {
    case 'Resource':
    case 'ContainerResource': {
      const pods = levels.map((level, index) => ({
        pod: nameOf(index),
        at: now,
        windowMicros,
        containers: ['container1', 'container2'].map((name) => ({ name, milli: Math.floor(level / 2) })),
      }));
      return { type: 'containers', pods };
    }
    case 'Pods': {
      const pods = levels.map((milli, index) => ({ pod: nameOf(index), milli, at: now, windowMicros }));
      return { type: 'pods', pods };
    }
    case 'Object':
      return { type: 'values', milli: levels.slice(0, 1) };
    default:
      if (input.externalMetricsError) return { type: 'unavailable', message: 'no metrics returned' };
      return { type: 'values', milli: levels };
  }
}
