import { type HpaMetric, type MetricTarget, metricName } from './hpa-metric.js';
import type { MetricProposal } from './hpa-outcome.js';
import { type Invalid, invalid, isInvalid } from './invalid.js';
import type { MetricQuestion, ValidProposal } from './metric-question.js';
import { proposeForNamed } from './propose-for-named.js';
import { proposeForResource } from './propose-for-resource.js';

/** What one metric asks for; whatever is wrong with it or its samples becomes its failure, never an exception. */
export function proposeMetric(metric: HpaMetric, question: MetricQuestion): MetricProposal {
  const target = metric.kind === 'unknown' ? null : amountOf(metric.target);
  const result = checked(answerFor(metric, question, target));
  const name = metricName(metric);
  const unit = metric.kind !== 'unknown' && metric.target.type === 'utilization' ? 'percent' : 'milli';
  if (isInvalid(result)) {
    const failure = { reason: failureReason(metric), message: result.invalid };
    return { name, current: null, target, unit, averageMilli: null, proposal: null, failure, rules: [] };
  }
  const { replicas, current, averageMilli, rules } = result;
  return { name, current, target, unit, averageMilli, proposal: replicas, failure: null, rules };
}

function answerFor(metric: HpaMetric, question: MetricQuestion, target: number | null): ValidProposal | Invalid {
  if (metric.kind === 'unknown') return invalid(`unknown metric source type "${metric.type}"`);
  if (target !== null && !(Number.isFinite(target) && target > 0)) {
    return invalid(`the target of ${metricName(metric)} must be a finite number above 0, was ${target}`);
  }
  return metric.kind === 'resource' ? proposeForResource(metric, question) : proposeForNamed(metric, question);
}

function amountOf(target: MetricTarget): number | null {
  if (target.type === 'unset') return null;
  return target.type === 'utilization' ? target.percent : target.milli;
}

/** The last line against numbers that are none, such as requests that are not finite. */
function checked(result: ValidProposal | Invalid): ValidProposal | Invalid {
  if (isInvalid(result)) return result;
  const { replicas, current } = result;
  if (Number.isFinite(replicas) && Number.isFinite(current)) return result;
  return invalid(`its samples or requests gave ${current} and ${replicas} replicas, which are no finite numbers`);
}

/** Reasons of the condition ScalingActive in Kubernetes. */
function failureReason(metric: HpaMetric): string {
  switch (metric.kind) {
    case 'resource':
      return metric.container === null ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric';
    case 'pods':
      return 'FailedGetPodsMetric';
    case 'object':
      return 'FailedGetObjectMetric';
    case 'external':
      return 'FailedGetExternalMetric';
    case 'unknown':
      return 'InvalidMetricSourceType';
  }
}
