import { closest } from '../../domain/did-you-mean.js';
import type { ConfigPlace, Objection } from '../ports.js';
import type { HpaSettings } from './hpa/hpa-config.js';
import type { HpaMetric } from './hpa/hpa-metric.js';

/**
 * The first metric that names a container or an object that the scenario does not have; null where there is none.
 *
 * Kubernetes accepts such a manifest and then never scales by it, which a check can tell beforehand.
 */
export function hpaObjection({ metrics }: HpaSettings, place: ConfigPlace): Objection | null {
  for (const [i, metric] of metrics.entries()) {
    const found = ofMetric(metric, place);
    if (found !== null) return { ...found, path: ['metrics', i, ...found.path] };
  }
  return null;
}

/** Metrics that only a workload with a queue has. */
const ofQueue: ReadonlySet<string> = new Set(['queue_messages', 'queue_age_seconds', 'published_per_second']);

function ofMetric(metric: HpaMetric, { workload, workloads }: ConfigPlace): Objection | null {
  if (metric.kind === 'resource') {
    const { container } = metric;
    if (container === null || container === workload.name) return null;
    return {
      path: ['container'],
      problem: `must be the container of the pods, ${workload.name}, was ${JSON.stringify(container)}`,
      hint: 'A pod has one container, named after its workload; write its name, or leave container out.',
    };
  }
  if (metric.kind === 'external') return ofExternal(metric.metric, workload);
  if (metric.kind !== 'object') return null;
  const { describedObject: name } = metric;
  if (name === undefined || workloads.includes(name)) return null;
  const meant = closest(name, workloads);
  return {
    path: ['describedObject', 'name'],
    problem: `must be a workload, whose Service is its balancer, was ${JSON.stringify(name)}`,
    hint: meant === null ? `Known are ${workloads.join(', ')}.` : `Did you mean ${meant}?`,
  };
}

function ofExternal(metric: string, { name, queue }: ConfigPlace['workload']): Objection | null {
  if (queue !== undefined || !ofQueue.has(metric)) return null;
  return {
    path: ['external'],
    problem: `must not be ${metric}, since ${name} consumes no queue`,
    hint: 'Say which queue with consumes, or scale by another metric.',
  };
}
