import type { Measurement, PodRecord } from '../../domain/measurement.js';
import { hoursWithin } from './lifetimes.js';

/** What pods have requested, times how long they held a place. */
export interface RequestedHours {
  /** Core-hours and MiB-hours. */
  readonly cpuCores: number;
  readonly memoryMiB: number;
}

/** What the pods of a workload have requested of nodes in the run, from being placed until gone, resizes in place included. */
export function requestedHours({ pods, fromMicros, toMicros }: Measurement, workload: string): RequestedHours {
  let [cpuMillis, memoryMiB] = [0, 0];
  for (const pod of pods) {
    if (pod.workload !== workload) continue;
    for (const span of spansOf(pod)) {
      const hours = hoursWithin(span, fromMicros, toMicros);
      cpuMillis += hours * span.cpuMillis;
      memoryMiB += hours * span.memoryMiB;
    }
  }
  return { cpuCores: cpuMillis / 1000, memoryMiB };
}

function spansOf({ scheduledAt, removedAt, requests }: PodRecord) {
  if (scheduledAt === null) return [];
  return requests.map(({ from, cpuMillis, memoryMiB }, i) => {
    const until = i + 1 < requests.length ? Math.min(requests[i + 1].from, removedAt ?? Infinity) : removedAt;
    return { start: Math.max(from, scheduledAt), end: until, cpuMillis, memoryMiB };
  });
}
