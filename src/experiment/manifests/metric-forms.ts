import type { Container } from './container-schema.js';
import { numberText, cpuText, memoryText } from './format-quantity.js';
import type { ScalingMetric, ScalingTarget } from './scaling-metric.js';
import type { WorkloadManifest } from './workload-manifest.js';

/** How the `hpa` policy may write a metric, best first; a version that knows none of the forms does without the metric. */
export interface MetricForms {
  readonly candidates: readonly string[];
  /** What the metric is taken for, where its name alone speaks for it; null where the form says the same as the manifest. */
  readonly takenFor: string | null;
}

/** Forms by the kind of the source; the one place that knows how manifests and scenarios write the same metric. */
const forms: Readonly<
  Record<ScalingMetric['source'], (metric: ScalingMetric, workload: WorkloadManifest) => MetricForms>
> = {
  Resource: (metric) => ({ candidates: ofResource(metric, metric.target), takenFor: null }),
  ContainerResource: ofContainer,
  // Of the pods themselves the collector knows only what they have in flight; of all else, the workload as a whole.
  Pods: (metric) => ofName(metric, measuredBy(metric.name) === 'in_flight' ? ['pods', 'external'] : ['external']),
  // What the metric describes, an Ingress for instance, is not simulated: the workload itself stands for it.
  Object: (metric) => standIn(ofName(metric, ['external']), metric),
  External: (metric) => ofName(metric, ['external']),
};

/** The forms of a metric of what scales a workload. */
export function metricForms(metric: ScalingMetric, workload: WorkloadManifest): MetricForms {
  return forms[metric.source](metric, workload);
}

function ofResource({ name }: ScalingMetric, target: ScalingTarget): readonly string[] {
  if (name !== 'cpu' && name !== 'memory') return [];
  if (target.type === 'Utilization') return [`{ ${name}: ${target.percent}% }`];
  return [`{ ${name}: ${name === 'cpu' ? cpuText(target.amount) : memoryText(target.amount)} }`];
}

/**
 * The only container of a pod is the pod. Of several, the simulated pod is the one that is watched: its whole use is kept at the
 * amount that the container's is to be kept at.
 */
function ofContainer(metric: ScalingMetric, { containers }: WorkloadManifest): MetricForms {
  const running = containers.filter(({ role }) => role !== 'init');
  if (running.length === 1) return { candidates: ofResource(metric, metric.target), takenFor: null };
  const watched = running.find(({ container }) => container.name === metric.container);
  const amount = watched === undefined ? null : wantedOf(watched.container, metric);
  if (amount === null) return { candidates: [], takenFor: null };
  const candidates = ofResource(metric, { type: 'AverageValue', amount });
  const takenFor = `the ${metric.name} of the whole pod at the same amount, as a pod has one container here`;
  return { candidates, takenFor };
}

/** What a container is to use, in cores or bytes; null where that hangs on a request that it does not have. */
function wantedOf({ resources }: Container, { name, target }: ScalingMetric): number | null {
  if (name !== 'cpu' && name !== 'memory') return null;
  if (target.type !== 'Utilization') return target.amount;
  const request = resources.requests[name] ?? resources.limits[name];
  return request === undefined ? null : (target.percent / 100) * request;
}

/** Forms that are never quite what the manifest says, even where the name is the same. */
function standIn({ candidates, takenFor }: MetricForms, { name }: ScalingMetric): MetricForms {
  return { candidates, takenFor: candidates.length === 0 ? null : (takenFor ?? `${name} of the workload`) };
}

function ofName({ name, target }: ScalingMetric, keys: readonly string[]): MetricForms {
  const meant = measuredBy(name);
  if (meant === null || target.type === 'Utilization') return { candidates: [], takenFor: null };
  const goal = `${target.type === 'Value' ? 'value' : 'averageValue'}: ${numberText(target.amount)}`;
  return {
    candidates: keys.map((key) => `{ ${key}: ${meant}, ${goal} }`),
    takenFor: name === meant ? null : `${meant} of the workload`,
  };
}

const notCounts = /duration|latency|_time|bucket|bytes|cpu|memory/i;

/** Words in the name or query of a metric, and the metric of a workload that they speak of; the first that fits counts. */
const meanings = [
  [/in.?flight|concurren|active.?(req|conn)/i, 'in_flight'],
  [/queue|lag|backlog|pending|depth|messages|waiting/i, 'queue_length'],
  [/error|5xx|fail/i, 'errors_per_second'],
  [/request|rps|qps|hits/i, 'requests_per_second'],
] as const;

/** The metric of a workload that the name or query of a metric speaks of; null where it speaks of none that is simulated. */
export function measuredBy(name: string): string | null {
  if (notCounts.test(name)) return null;
  return meanings.find(([words]) => words.test(name))?.[1] ?? null;
}
