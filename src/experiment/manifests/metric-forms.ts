import { numberText, cpuText, memoryText } from './format-quantity.js';
import type { ScalingMetric } from './scaling-metric.js';

/** How the `hpa` policy may write a metric, best first; a version that knows none of the forms does without the metric. */
export interface MetricForms {
  readonly candidates: readonly string[];
  /** What the metric is taken for, where its name alone speaks for it; null where the form says the same as the manifest. */
  readonly takenFor: string | null;
}

/** Forms by the kind of the source; the one place that knows how manifests and scenarios write the same metric. */
const forms: Readonly<Record<ScalingMetric['source'], (metric: ScalingMetric, containers: number) => MetricForms>> = {
  Resource: (metric) => ({ candidates: ofResource(metric, ''), takenFor: null }),
  // The only container of a pod is the pod.
  ContainerResource: (metric, containers) => ({
    candidates: ofResource(metric, containers === 1 ? '' : `, container: ${metric.container ?? ''}`),
    takenFor: null,
  }),
  Pods: (metric) => ofName(metric, ['pods', 'external']),
  Object: (metric) => ofName(metric, ['object', 'external']),
  External: (metric) => ofName(metric, ['external']),
};

/** The forms of a metric; `containers` of the pod run at once. */
export function metricForms(metric: ScalingMetric, containers: number): MetricForms {
  return forms[metric.source](metric, containers);
}

function ofResource({ name, target }: ScalingMetric, rest: string): readonly string[] {
  if (name !== 'cpu' && name !== 'memory') return [];
  if (target.type === 'Utilization') return [`{ ${name}: ${target.percent}%${rest} }`];
  return [`{ ${name}: ${name === 'cpu' ? cpuText(target.amount) : memoryText(target.amount)}${rest} }`];
}

function ofName({ name, target }: ScalingMetric, keys: readonly string[]): MetricForms {
  const meant = measuredBy(name);
  if (meant === null || target.type === 'Utilization') return { candidates: [], takenFor: null };
  const goal = `${target.type === 'Value' ? 'value' : 'averageValue'}: ${numberText(target.amount)}`;
  return {
    candidates: keys.map((key) => `{ ${key}: ${meant}, ${goal} }`),
    takenFor: name === meant ? null : meant,
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
