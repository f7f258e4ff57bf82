import type { UnmeasuredAnswer } from './hpa-input.js';
import { type HpaMetric, type MetricTarget, metricName } from './hpa-metric.js';
import type { MetricProposal } from './hpa-outcome.js';
import { type Invalid, invalid, isInvalid } from './invalid.js';
import type { MetricQuestion, ValidProposal } from './metric-question.js';
import { proposeForNamed } from './propose-for-named.js';
import { proposeForResource } from './propose-for-resource.js';

/** What a metric is judged on, measured or not. */
type AskedMetric = Omit<MetricQuestion, 'answer'> & { readonly answer: MetricQuestion['answer'] | UnmeasuredAnswer };

/** What one metric asks for; whatever is wrong with it or its samples becomes its failure, never an exception. */
export function proposeMetric(metric: HpaMetric, question: AskedMetric): MetricProposal {
  const { answer, input } = question;
  if (!isUnmeasured(answer)) return proposeMeasured(metric, { ...question, answer });
  const proposal = answer.type === 'hold' ? input.specReplicas : null;
  return { ...identityOf(metric), current: null, averageMilli: null, proposal, failure: null, rules: [] };
}

function isUnmeasured(answer: AskedMetric['answer']): answer is UnmeasuredAnswer {
  return answer.type === 'hold' || answer.type === 'ignore';
}

function proposeMeasured(metric: HpaMetric, question: MetricQuestion): MetricProposal {
  const { name, target, unit } = identityOf(metric);
  const result = checked(answerFor(metric, question, target));
  if (isInvalid(result)) {
    const failure = { reason: failureReason(metric), message: result.invalid };
    return { name, current: null, target, unit, averageMilli: null, proposal: null, failure, rules: [] };
  }
  const { replicas, current, averageMilli, rules } = result;
  return { name, current, target, unit, averageMilli, proposal: replicas, failure: null, rules };
}

function identityOf(metric: HpaMetric): Pick<MetricProposal, 'name' | 'target' | 'unit'> {
  const target = metric.kind === 'unknown' ? null : amountOf(metric.target);
  const unit = metric.kind !== 'unknown' && metric.target.type === 'utilization' ? 'percent' : 'milli';
  return { name: metricName(metric), target, unit };
}

function answerFor(metric: HpaMetric, question: MetricQuestion, target: number | null): ValidProposal | Invalid {
  if (metric.kind === 'unknown') return invalid(`unknown metric source type "${metric.type}"`);
  const result = metric.kind === 'resource' ? proposeForResource(metric, question) : proposeForNamed(metric, question);
  // As in Kubernetes, what is wrong with the samples is told before what is wrong with the target.
  if (isInvalid(result) || target === null || (Number.isFinite(target) && target > 0)) return result;
  return invalid(`the target of ${metricName(metric)} must be a finite number above 0, was ${target}`);
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
