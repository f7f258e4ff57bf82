import type { DataAge, MetricElement, MissingOutcome, NamedMetric as Measured } from '../../domain/named-metric.js';
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
  const unmeasured = missing === null ? null : withoutValue(missing);
  if (unmeasured !== null) return unmeasured;
  if (kind === 'pods') return ofPods(missing?.done === 'zero' ? zeros(pods) : elements, age);
  if (kind === 'object' && elements.length > 1) {
    return { type: 'unavailable', message: `its expression gives ${elements.length} values, an object has one` };
  }
  return { type: 'values', milli: elements.map(({ value }) => wholeMilli(value * 1000)) };
}

/** Null where something stands in for the value. */
function withoutValue({ done, why }: MissingOutcome): MetricAnswer | UnmeasuredAnswer | null {
  if (done === 'fail') return { type: 'unavailable', message: why };
  return done === 'hold' || done === 'ignore' ? { type: done } : null;
}

function zeros(pods: readonly PodView[]): readonly MetricElement[] {
  return pods.map(({ name }) => ({ pod: name, value: 0 }));
}

function ofPods(elements: readonly MetricElement[], age: DataAge | null): MetricAnswer {
  const { sampledAt: at, windowMicros } = age ?? { sampledAt: micros(0), windowMicros: micros(0) };
  const known = elements.flatMap(({ pod, value }): PodSample[] =>
    pod === null ? [] : [{ pod, milli: wholeMilli(value * 1000), at, windowMicros }],
  );
  return known.length === elements.length
    ? { type: 'pods', pods: known }
    : {
        type: 'unavailable',
        message: 'its expression gives no value by pod; keep the label pod, or use it as external',
      };
}
