import type { Observation, PodUsage } from '../../domain/observation.js';
import type { HorizontalInput } from '../ports.js';
import type { ContainersSample, MetricAnswer, PodSample, UnmeasuredAnswer } from './hpa/hpa-input.js';
import type { HpaMetric, NamedMetric, ResourceMetric } from './hpa/hpa-metric.js';
import { namedAnswer } from './named-answer.js';
import { type Provenance, provenance } from './provenance.js';
import { wholeMilli } from './whole-milli.js';

const MILLI_BYTES_PER_MIB = 2 ** 20 * 1000;

/** What is known to a workload's autoscaler: the pods of its own workload, and the Services of all. */
export type Known = Pick<HorizontalInput, 'observation' | 'observations'> & Partial<Pick<HorizontalInput, 'pods'>>;

/**
 * What the metrics pipeline has for one metric.
 *
 * A stale observation answers nothing: Kubernetes gets no samples then, and holds; replicas never fall on old figures.
 */
export function hpaAnswer(metric: HpaMetric, input: Known): MetricAnswer | UnmeasuredAnswer {
  if (metric.kind === 'unknown') return { type: 'unavailable', message: `unknown kind of metric ${metric.type}` };
  const known = describedBy(metric, input);
  if (known === undefined) return { type: 'unavailable', message: 'the object that it describes is not known' };
  if (metric.kind === 'resource') return ofResource(metric, known);
  const named = known.named?.get(metric.metric);
  return named === undefined ? ofCollector(metric, known) : namedAnswer(metric, named, input.pods ?? []);
}

function ofResource({ resource, container }: ResourceMetric, known: Observation): MetricAnswer {
  if (known.status !== 'fresh') return { type: 'unavailable', message: known.reason };
  const milliOf = resource === 'cpu' ? cpuMilli : memoryMilli;
  return container === null ? ofPods(known, milliOf) : ofContainers(known, milliOf);
}

/** A metric that every collector knows. */
function ofCollector(metric: NamedMetric, known: Observation): MetricAnswer {
  if (known.status !== 'fresh') return { type: 'unavailable', message: known.reason };
  return metric.kind === 'pods' ? ofPods(known, inFlightMilli) : ofWhole(metric, known);
}

/** Where the number comes from that a metric shows. */
export function hpaProvenance(metric: HpaMetric, input: Known): Provenance {
  if (metric.kind === 'unknown') return {};
  const known = describedBy(metric, input);
  if (metric.kind === 'resource') return provenance(known, metric.resource);
  const isGauge = metric.kind === 'pods' && known?.named?.has(metric.metric) !== true;
  return provenance(known, isGauge ? `pods/${metric.metric}` : metric.metric);
}

/** The workload whose numbers a metric shows: that of the Service which an Object metric describes, else the own one. */
function describedBy(metric: HpaMetric, { observation, observations }: Known): Observation | undefined {
  return metric.kind === 'object' ? observations.get(metric.describedObject ?? observation.workload) : observation;
}

/** A number of the balancer in front of a workload: of the Service that an Object metric describes, or of the own one as External. */
function ofWhole({ metric }: NamedMetric, { metrics }: Observation): MetricAnswer {
  const sample = Object.hasOwn(metrics, metric) ? metrics[metric] : null;
  return sample === null
    ? { type: 'unavailable', message: 'no sample that is recent enough' }
    : { type: 'values', milli: [wholeMilli(sample.value * 1000)] };
}

/** A pod runs one container, named after its workload: what the pod uses is what that container uses. */
function ofContainers({ pods, workload }: Observation, milliOf: (usage: PodUsage) => number | null): MetricAnswer {
  const samples = pods.map((usage): ContainersSample => {
    const { pod, sampledAt: at, windowMicros } = usage;
    return { pod, at, windowMicros, containers: [{ name: workload, milli: milliOf(usage) }] };
  });
  return { type: 'containers', pods: samples };
}

function ofPods({ pods }: Observation, milliOf: (usage: PodUsage) => number | null): MetricAnswer {
  const samples: PodSample[] = [];
  for (const usage of pods) {
    const milli = milliOf(usage);
    if (milli === null) continue;
    samples.push({ pod: usage.pod, milli, at: usage.sampledAt, windowMicros: usage.windowMicros });
  }
  return { type: 'pods', pods: samples };
}

function cpuMilli({ cpuMillis }: PodUsage): number | null {
  return cpuMillis === null ? null : wholeMilli(cpuMillis);
}

function memoryMilli({ memoryMiB }: PodUsage): number {
  return wholeMilli(memoryMiB * MILLI_BYTES_PER_MIB);
}

function inFlightMilli({ inFlight }: PodUsage): number {
  return wholeMilli(inFlight * 1000);
}
