import { defaultScaleDown, defaultScaleUp } from '../../../../src/engine/policy/hpa/hpa-behavior.js';
import type { HpaBehavior, ScalingRules } from '../../../../src/engine/policy/hpa/hpa-behavior.js';
import type { HpaConfig } from '../../../../src/engine/policy/hpa/hpa-config.js';
import type { HpaInput, HpaPod, MetricAnswer } from '../../../../src/engine/policy/hpa/hpa-input.js';
import type { HpaMetric } from '../../../../src/engine/policy/hpa/hpa-metric.js';
import { type HpaState, initialHpaState } from '../../../../src/engine/policy/hpa/hpa-state.js';
import { type Micros, micros, seconds } from '../../../../src/kernel/micros.js';

/** An hour into the run: far enough from its start for every window. */
export const now = seconds(3600);

/** So many seconds before `now`. */
export function ago(secondsAgo: number): Micros {
  return micros(now - seconds(secondsAgo));
}

/** CPU at 50% of the request, 1 to 100 replicas, no behavior. */
export function configWith(changes: Partial<HpaConfig> = {}): HpaConfig {
  return {
    semantics: 'head',
    minReplicas: 1,
    maxReplicas: 100,
    metrics: [cpuAt(50)],
    behavior: null,
    tolerance: 0.1,
    syncPeriodMicros: seconds(15),
    downscaleStabilizationMicros: seconds(300),
    cpuInitializationMicros: seconds(300),
    initialReadinessDelayMicros: seconds(30),
    scaleUpLimit: { factor: 2, minimum: 4 },
    gates: { configurableTolerance: true, podLevelResources: true, scaleToZero: true },
    ...changes,
  };
}

/** The defaults of Kubernetes with changes by direction. */
export function behaviorWith(up: Partial<ScalingRules>, down: Partial<ScalingRules> = {}): HpaBehavior {
  return { scaleUp: { ...defaultScaleUp, ...up }, scaleDown: { ...defaultScaleDown(seconds(300)), ...down } };
}

/** CPU at a share of the request. */
export function cpuAt(percent: number): HpaMetric {
  return { kind: 'resource', resource: 'cpu', container: null, target: { type: 'utilization', percent } };
}

/** A metric from outside, as a whole. */
export function queueAt(milli: number): HpaMetric {
  return { kind: 'external', metric: 'queue', target: { type: 'value', milli } };
}

/** A long-running ready pod that requests a core. */
export function pod(name: string, changes: Partial<HpaPod> = {}): HpaPod {
  return {
    name,
    phase: 'Running',
    deleting: false,
    startedAt: ago(3000),
    ready: { status: 'True', changedAt: ago(2990) },
    template: template(1000),
    ...changes,
  };
}

/** One container `app` with the same request for CPU and memory. */
export function template(requestMilli: number | null): HpaPod['template'] {
  const requests = { cpu: requestMilli, memory: requestMilli };
  return { containers: [{ name: 'app', requestMilli: requests }], initContainers: [], podRequestMilli: null };
}

/** Pods `p0`, `p1`, ... that are all ready. */
export function readyPods(count: number): readonly HpaPod[] {
  return Array.from({ length: count }, (_, index) => pod(`p${index}`));
}

/** Usage of `p0`, `p1`, ... a second ago; null leaves the pod out. */
export function usage(...milli: readonly (number | null)[]): MetricAnswer {
  const pods = milli.flatMap((value, index) => {
    return value === null ? [] : [{ pod: `p${index}`, milli: value, at: ago(1), windowMicros: seconds(30) }];
  });
  return { type: 'pods', pods };
}

/** What a tick sees: as many replicas as pods, unless told otherwise. */
export function inputOf(pods: readonly HpaPod[], answers: readonly MetricAnswer[], replicas = pods.length): HpaInput {
  return { specReplicas: replicas, statusReplicas: replicas, pods, answers };
}

/** A memory in which no window holds anything. */
export const freshState: HpaState = { ...initialHpaState, recommendations: [] };
