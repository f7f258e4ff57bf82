import type { NamedMetric } from './hpa-metric.js';
import { type Invalid, invalid, isInvalid } from './invalid.js';
import type { MetricQuestion, ValidProposal } from './metric-question.js';
import { plainMethod } from './plain-method.js';
import { podSamples } from './pod-samples.js';
import { overflowingSum, saturatedSum } from './saturate.js';
import { scaleByPods } from './scale-by-pods.js';
import { scaleByAverage, scaleByValue } from './whole-metric.js';

/** What a metric with a name asks for: of the pods, of an object, or of the outside. */
export function proposeForNamed(metric: NamedMetric, question: MetricQuestion): ValidProposal | Invalid {
  return metric.kind === 'pods' ? proposeForPods(metric, question) : proposeForWhole(metric, question);
}

function proposeForPods({ metric, target }: NamedMetric, question: MetricQuestion): ValidProposal | Invalid {
  if (target.type !== 'averageValue') return invalid('invalid pods metric source: no average value target was set');
  const { config, input, answer, now } = question;
  const samples = podSamples(answer, null, config.semantics);
  if (isInvalid(samples)) return invalid(`unable to get metric ${metric}: ${samples.invalid}`);
  if (answer.type === 'pods' && answer.pods.length === 0) {
    return invalid(`unable to get metric ${metric}: no metrics returned from custom metrics API`);
  }
  const scaling = { config, pods: input.pods, current: input.specReplicas, resource: null, now };
  const scaled = scaleByPods(scaling, samples, plainMethod(target.milli, config.semantics));
  if (isInvalid(scaled)) return scaled;
  const { current, averageMilli } = scaled.measured;
  return { replicas: scaled.replicas, current, averageMilli, rules: scaled.rules };
}

function proposeForWhole(metric: NamedMetric, question: MetricQuestion): ValidProposal | Invalid {
  const { config, input } = question;
  const milli = wholeValue(metric, question);
  if (typeof milli !== 'number') return milli;
  const { pods, specReplicas, statusReplicas } = input;
  const scaling = { config, pods, specReplicas, statusReplicas };
  const { target, kind } = metric;
  if (target.type === 'averageValue') return { averageMilli: null, ...scaleByAverage(scaling, milli, target.milli) };
  if (target.type !== 'value') {
    return invalid(`invalid ${kind} metric source: neither a value target nor an average value target was set`);
  }
  const scaled = scaleByValue(scaling, milli, target.milli);
  return isInvalid(scaled) ? scaled : { averageMilli: null, ...scaled };
}

function wholeValue({ kind, metric, target }: NamedMetric, { answer, config }: MetricQuestion): number | Invalid {
  const unable = `unable to get ${kind === 'external' ? 'external ' : ''}metric ${metric}`;
  if (answer.type === 'unavailable') return invalid(`${unable}: ${answer.message}`);
  if (answer.type !== 'values') return invalid(`${unable}: the pipeline answered with values by pod`);
  if (answer.milli.length === 0) return invalid(`${unable}: no metrics returned from ${kind} metrics API`);
  const wrong = answer.milli.find((milli) => !Number.isFinite(milli));
  if (wrong !== undefined) return invalid(`${unable}: it reported ${wrong}, which is no finite number`);
  if (kind === 'object') return answer.milli[0];
  const overflows = target.type === 'averageValue' && config.semantics === 'head';
  return overflows ? overflowingSum(answer.milli) : saturatedSum(answer.milli);
}
