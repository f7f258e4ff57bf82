import { closest } from '../../domain/did-you-mean.js';
import type { ConfigPlace, Objection } from '../ports.js';
import type { MetricTrigger } from './keda/trigger.js';
import type { KedaSettings } from './keda-settings.js';
import { metricObjection } from './metric-objection.js';

/** What of a configuration the rest of the scenario makes impossible; null where nothing does. */
export function kedaObjection(settings: KedaSettings, place: ConfigPlace): Objection | null {
  return ofWorkloads(settings, place) ?? ofBounds(settings, place) ?? ofZero(settings, place);
}

function ofWorkloads({ triggers }: KedaSettings, place: ConfigPlace): Objection | null {
  for (const trigger of triggers) {
    const found = trigger.kind === 'metric' ? ofTrigger(trigger, place) : null;
    if (found !== null) return { ...found, path: ['triggers'] };
  }
  return null;
}

function ofTrigger({ name, metric, workload }: MetricTrigger, place: ConfigPlace): Objection | null {
  const { workloads } = place;
  if (workload === null || workloads.includes(workload)) {
    const about = { of: workload ?? place.workload.name, use: 'workload', path: [] } as const;
    const found = metricObjection(metric, place, about);
    return found === null ? null : { ...found, problem: `${name} ${found.problem}` };
  }
  const meant = closest(workload, workloads);
  return {
    path: [],
    problem: `${name} must be about a workload, was about ${JSON.stringify(workload)}`,
    hint: meant === null ? `Known are ${workloads.join(', ')}.` : `Did you mean ${meant}?`,
  };
}

function ofBounds(settings: KedaSettings, { workload }: ConfigPlace): Objection | null {
  const { minReplicas: low, maxReplicas: high } = workload;
  const min = settings.minReplicas ?? low;
  const max = settings.maxReplicas ?? high;
  const outside = (path: string, value: number): Objection => ({
    path: [path],
    problem: `must lie within replicas.min and replicas.max of the workload, ${low} to ${high}, was ${value}`,
    hint: 'Widen the bounds of the workload, or leave it out to take them.',
  });
  if (min < low || min > high) return outside('minReplicaCount', min);
  if (max < low || max > high) return outside('maxReplicaCount', max);
  if (min > max) {
    const problem = `must be at most maxReplicaCount (${max}), was ${min}`;
    return { path: ['minReplicaCount'], problem, hint: 'Lower the one or raise the other.' };
  }
  return settings.idleReplicas === null ? null : ofIdle(low, min);
}

/** Below the minimum of the workload nothing goes, and an idle count at the minimum would mean nothing. */
function ofIdle(low: number, min: number): Objection | null {
  if (low === 0 && min > 0) return null;
  return {
    path: ['idleReplicaCount'],
    problem: `needs replicas.min of the workload at 0 and minReplicaCount above 0, found ${low} and ${min}`,
    hint: 'Write replicas.min: 0 and a minReplicaCount, or leave idleReplicaCount out.',
  };
}

function ofZero({ triggers, minReplicas }: KedaSettings, { workload }: ConfigPlace): Objection | null {
  if (triggers.length > 0 || (minReplicas ?? workload.minReplicas) > 0) return null;
  return {
    path: ['triggers'],
    problem: 'must hold one that is not cpu or memory where there may be no replicas, found none',
    hint: 'Add a trigger of requests, of a queue or by cron, or keep at least one replica.',
  };
}
