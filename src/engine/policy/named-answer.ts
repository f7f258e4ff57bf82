import type { NamedMetric as Measured } from '../../domain/named-metric.js';
import type { PodView } from '../../domain/observation.js';
import { micros } from '../../kernel/micros.js';
import type { NamedMetric } from './hpa/hpa-metric.js';
import type { MetricAnswer, PodSample, UnmeasuredAnswer } from './hpa/hpa-input.js';
import { wholeMilli } from './whole-milli.js';

/**
 * What a metric by expression answers to a horizontal pod autoscaler: one value a pod, the one of an object, or values that are summed.
 *
 * Source: kubernetes/metrics, external metrics are summed over series, an object has one; an expression for pods has to keep the label pod.
 */
export function namedAnswer(
  { kind }: NamedMetric,
  { elements, age, missing }: Measured,
  pods: readonly PodView[],
): MetricAnswer | UnmeasuredAnswer {
  if (missing?.done === 'hold' || missing?.done === 'ignore') return { type: missing.done };
  if (missing?.done === 'fail') return { type: 'unavailable', message: missing.why };
  if (kind === 'pods') {
    const { sampledAt: at, windowMicros } = age ?? { sampledAt: micros(0), windowMicros: micros(0) };
    const zero = missing?.done === 'zero';
    const samples = zero ? pods.map(({ name }) => ({ pod: name, value: 0 })) : elements;
    const known = samples.flatMap(({ pod, value }): PodSample[] =>
      pod === null ? [] : [{ pod, milli: wholeMilli(value * 1000), at, windowMicros }],
    );
    return known.length < samples.length
      ? {
          type: 'unavailable',
          message: 'its expression gives no value by pod; keep the label pod, or use it as external',
        }
      : { type: 'pods', pods: known };
  }
  if (kind === 'object' && elements.length > 1) {
    return { type: 'unavailable', message: `its expression gives ${elements.length} values, an object has one` };
  }
  return { type: 'values', milli: elements.map(({ value }) => wholeMilli(value * 1000)) };
}
