import type { Measurement, PodRecord } from '../../domain/measurement.js';
import type { PodSummary } from '../../domain/run-result.js';
import { type Lifetime, presence } from './lifetimes.js';

/** Pods of one workload, or of all: from being placed on a node until they are gone; ready from readiness until they are asked to stop. */
export function podSummary(measurement: Measurement, workload: string | null): PodSummary {
  const { fromMicros, toMicros } = measurement;
  const pods = measurement.pods.filter((pod) => workload === null || pod.workload === workload);
  const placed = presence(pods.flatMap(placedLife), fromMicros, toMicros);
  const ready = presence(pods.flatMap(readyLife), fromMicros, toMicros);
  const preempted = pods.filter((pod) => pod.preempted === true && (pod.terminatingAt ?? 0) >= fromMicros).length;
  const { min, mean, max } = placed;
  const made = preempted === 0 ? {} : { preempted };
  return { hours: placed.hours, readyHours: ready.hours, min, mean, max, ...made };
}

/** From being placed on a node until gone; empty for a pod that never was. */
export function placedLife({ scheduledAt, removedAt }: PodRecord): readonly Lifetime[] {
  return scheduledAt === null ? [] : [{ start: scheduledAt, end: removedAt }];
}

function readyLife({ readyAt, terminatingAt, removedAt }: PodRecord): readonly Lifetime[] {
  return readyAt === null ? [] : [{ start: readyAt, end: terminatingAt ?? removedAt }];
}
