import { closest } from '../../domain/did-you-mean.js';
import type { ConfigPlace, Objection } from '../ports.js';
import type { HpaSettings } from './hpa/hpa-config.js';
import type { HpaMetric } from './hpa/hpa-metric.js';
import { metricObjection } from './metric-objection.js';

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

function ofMetric(metric: HpaMetric, place: ConfigPlace): Objection | null {
  const { name } = place.workload;
  switch (metric.kind) {
    case 'resource':
      return ofContainer(metric.container, name);
    case 'pods':
    case 'external': {
      const use = metric.kind === 'pods' ? 'pods' : 'workload';
      return metricObjection(metric.metric, place, { of: name, use, path: [metric.kind] });
    }
    case 'object':
      return ofObject(metric.metric, metric.describedObject ?? name, place);
    default:
      return null;
  }
}

function ofContainer(container: string | null, name: string): Objection | null {
  if (container === null || container === name) return null;
  return {
    path: ['container'],
    problem: `must be the container of the pods, ${name}, was ${JSON.stringify(container)}`,
    hint: 'A pod has one container, named after its workload; write its name, or leave container out.',
  };
}

function ofObject(metric: string, of: string, place: ConfigPlace): Objection | null {
  const { workloads } = place;
  if (workloads.includes(of)) return metricObjection(metric, place, { of, use: 'workload', path: ['object'] });
  const meant = closest(of, workloads);
  return {
    path: ['describedObject', 'name'],
    problem: `must be a workload, whose Service is its balancer, was ${JSON.stringify(of)}`,
    hint: meant === null ? `Known are ${workloads.join(', ')}.` : `Did you mean ${meant}?`,
  };
}
