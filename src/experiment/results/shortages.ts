import type { Measurement } from '../../domain/measurement.js';
import type { ScalingEvent } from '../../domain/run-result.js';
import type { Demand } from './pods-demand.js';
import { columnOf, type StepTimes } from './step-times.js';

/** A time in which demand exceeded the ready pods of a workload; times in seconds. */
export interface Shortage {
  readonly workload: string;
  readonly from: number;
  /** Until ready pods were enough. */
  readonly response: number;
  /** What ended it; null where demand fell instead. */
  readonly cure: Cure | null;
}

/** A shortage that pods ended. */
export interface CuredShortage extends Shortage {
  readonly cure: Cure;
}

/** Whether pods ended a shortage, and not a fall of demand. */
export function isCured(shortage: Shortage): shortage is CuredShortage {
  return shortage.cure !== null;
}

/** How pods ended a shortage. */
export interface Cure {
  /** Replicas that it took: the demand at its worst, as far as it was met. */
  readonly replicas: number;
  /** When so many were asked for; the beginning of the shortage where they had been before. */
  readonly askedAt: number;
}

/**
 * Shortages that began after the warm-up and were over before the end, at the resolution of the series; the end of one that pods closed is
 * the instant at which the last of them became ready.
 */
export function shortagesOf(
  measurement: Measurement,
  times: StepTimes,
  workload: string,
  { demandPods }: Demand,
): readonly Shortage[] {
  const ready = columnOf(measurement.series, 'workload', workload, 'readyPods');
  const shortages: Shortage[] = [];
  let open: { from: number; worst: number } | null = null;
  for (let i = times.first; i < times.count; i += 1) {
    const start = times.startSeconds[i];
    if (demandPods[i] > ready[i]) {
      open ??= { from: start, worst: 0 };
      open.worst = Math.max(open.worst, demandPods[i]);
    } else if (open !== null) {
      const end = start + times.lengthSeconds[i];
      shortages.push(ended(measurement, workload, { ...open, start, end, ready: ready[i] }));
      open = null;
    }
  }
  return shortages;
}

interface Closed {
  readonly from: number;
  readonly worst: number;
  /** Of the step in which ready pods were enough. */
  readonly start: number;
  readonly end: number;
  readonly ready: number;
}

function ended({ pods, scaling }: Measurement, workload: string, closed: Closed): Shortage {
  const { from, start, end } = closed;
  let lastReady = -Infinity;
  for (const pod of pods) {
    if (pod.workload !== workload || pod.readyAt === null) continue;
    const readyAt = pod.readyAt / 1e6;
    if (readyAt > from && readyAt <= end) lastReady = Math.max(lastReady, readyAt);
  }
  if (lastReady === -Infinity) return { workload, from, response: start - from, cure: null };
  const until = Math.max(lastReady, start);
  const replicas = Math.min(closed.worst, closed.ready);
  const own = scaling.filter((event) => event.workload === workload);
  return { workload, from, response: until - from, cure: { replicas, askedAt: askedAt(own, replicas, from, until) } };
}

/** When at least so many replicas were first asked for since `from`; `from` where they were at that time, or nobody ever asked. */
function askedAt(events: readonly ScalingEvent[], replicas: number, from: number, until: number): number {
  const before = events.findLast((event) => event.atSeconds < from)?.to ?? events.at(0)?.from ?? Infinity;
  if (before >= replicas) return from;
  const asked = events.find((event) => event.atSeconds >= from && event.atSeconds <= until && event.to >= replicas);
  return asked?.atSeconds ?? from;
}
