import { calculateRequests } from './calculate-requests.js';
import type { ResourceMetric } from './hpa-metric.js';
import { type Invalid, invalid, isInvalid } from './invalid.js';
import type { MetricQuestion, ValidProposal } from './metric-question.js';
import { plainMethod } from './plain-method.js';
import type { PodMethod } from './pod-method.js';
import { podSamples } from './pod-samples.js';
import { scaleByPods } from './scale-by-pods.js';
import { utilizationMethod } from './utilization-method.js';

/** What a resource metric asks for, of whole pods or of one container in each. */
export function proposeForResource(metric: ResourceMetric, question: MetricQuestion): ValidProposal | Invalid {
  const method = methodOf(metric, question);
  if (method === null) {
    return invalid(
      'invalid resource metric source: neither an average utilization target nor an average value target was set',
    );
  }
  const { config, input, answer, now } = question;
  const unable = `unable to get metrics for resource ${metric.resource}`;
  if (answer.type !== 'values' && answer.type !== 'unavailable' && answer.pods.length === 0) {
    return invalid(`${unable}: no metrics returned from resource metrics API`);
  }
  const samples = podSamples(answer, metric.container, config.semantics);
  if (isInvalid(samples)) return invalid(`${unable}: ${samples.invalid}`);
  const scaling = { config, pods: input.pods, current: input.specReplicas, resource: metric.resource, now };
  const scaled = scaleByPods(scaling, samples, method);
  if (isInvalid(scaled)) return scaled;
  const { current, averageMilli } = scaled.measured;
  return { replicas: scaled.replicas, current, averageMilli, rules: scaled.rules };
}

function methodOf({ target, ...query }: ResourceMetric, { config, input }: MetricQuestion): PodMethod | null {
  if (target.type === 'averageValue') return plainMethod(target.milli, config.semantics);
  if (target.type !== 'utilization') return null;
  return utilizationMethod(target.percent, calculateRequests(input.pods, query, config), config.semantics);
}
