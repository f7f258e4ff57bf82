import type { Observation, PodUsage } from '../../domain/observation.js';
import type { MetricAnswer, PodSample } from './hpa/hpa-input.js';
import type { HpaMetric } from './hpa/hpa-metric.js';

const MILLI_BYTES_PER_MIB = 2 ** 20 * 1000;

/** Sums of counters over a window miss whole thousandths by a hair, which rounding up would make a whole one. */
const HAIR = 1e-6;

/**
 * What the metrics pipeline has for one metric.
 *
 * A stale observation answers nothing: Kubernetes gets no samples then, and holds; replicas never fall on old figures.
 */
export function hpaAnswer(metric: HpaMetric, observation: Observation): MetricAnswer {
  if (observation.status !== 'fresh') return { type: 'unavailable', message: observation.reason };
  if (metric.kind === 'resource') return ofPods(observation, metric.resource === 'cpu' ? cpuMilli : memoryMilli);
  if (metric.kind === 'pods') return ofPods(observation, inFlightMilli);
  if (metric.kind === 'unknown') return { type: 'unavailable', message: `unknown kind of metric ${metric.type}` };
  const sample = Object.hasOwn(observation.metrics, metric.metric) ? observation.metrics[metric.metric] : null;
  return sample === null
    ? { type: 'unavailable', message: 'no sample that is recent enough' }
    : { type: 'values', milli: [wholeMilli(sample.value * 1000)] };
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

/** Thousandths round up, as Kubernetes' Quantity.MilliValue. */
function wholeMilli(milli: number): number {
  return Math.ceil(milli - HAIR);
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
