import type { Measurement } from '../../domain/measurement.js';
import type { RunResult, ScalingEvent, TwoQuantiles } from '../../domain/run-result.js';
import type { Demand } from './pods-demand.js';
import { columnOf, type StepTimes } from './step-times.js';

const REVERSAL_SECONDS = 600;

/** Actions, reversals, and how long gaps between demand and ready pods lasted. */
export function scalingSummary(
  measurement: Measurement,
  times: StepTimes,
  demands: ReadonlyMap<string, Demand>,
): RunResult['scaling'] {
  const counted = measurement.scaling.filter((event) => event.atSeconds >= 0);
  const gaps = [...demands].flatMap(([workload, demand]) => gapsOf(measurement, times, workload, demand));
  return {
    ups: counted.filter((event) => event.to > event.from).length,
    downs: counted.filter((event) => event.to < event.from).length,
    reversals: reversals(counted),
    responseSeconds: twoQuantiles(gaps.map((gap) => gap.response)),
    engineDelaySeconds: twoQuantiles(
      gaps.flatMap((gap) => (gap.floor === null ? [] : [Math.max(0, gap.response - gap.floor)])),
    ),
  };
}

/** Changes of direction of one workload within ten minutes. */
function reversals(events: readonly ScalingEvent[]): number {
  const last = new Map<string, ScalingEvent>();
  let count = 0;
  for (const event of events) {
    const before = last.get(event.workload);
    const turned = before !== undefined && Math.sign(before.to - before.from) !== Math.sign(event.to - event.from);
    if (turned && event.atSeconds - before.atSeconds <= REVERSAL_SECONDS) count += 1;
    last.set(event.workload, event);
  }
  return count;
}

/** A time in which demand exceeded ready pods. */
interface Gap {
  readonly response: number;
  /** From creation to readiness of the last pod that closed it; null where demand fell instead. */
  readonly floor: number | null;
}

/**
 * Gaps that began after the warm-up and were closed before the end, at the resolution of the series; the end of one that pods closed is
 * the instant at which the last of them became ready.
 */
function gapsOf(measurement: Measurement, times: StepTimes, workload: string, { demandPods }: Demand): readonly Gap[] {
  const ready = columnOf(measurement.series, 'workload', workload, 'readyPods');
  const gaps: Gap[] = [];
  let open: number | null = null;
  for (let i = times.first; i < times.count; i += 1) {
    const short = demandPods[i] > ready[i];
    if (short && open === null) open = times.startSeconds[i];
    if (short || open === null) continue;
    gaps.push(
      closedGap(measurement, workload, {
        from: open,
        start: times.startSeconds[i],
        end: times.startSeconds[i] + times.lengthSeconds[i],
      }),
    );
    open = null;
  }
  return gaps;
}

function closedGap(measurement: Measurement, workload: string, gap: { from: number; start: number; end: number }): Gap {
  const closers = measurement.pods
    .filter(
      (pod) =>
        pod.workload === workload &&
        pod.readyAt !== null &&
        pod.readyAt / 1e6 > gap.from &&
        pod.readyAt / 1e6 <= gap.end,
    )
    .map((pod) => ({ createdAt: pod.createdAt / 1e6, readyAt: (pod.readyAt ?? 0) / 1e6 }))
    .sort((a, b) => a.readyAt - b.readyAt);
  const last = closers.at(-1);
  if (last === undefined) return { response: gap.start - gap.from, floor: null };
  return { response: Math.max(last.readyAt, gap.start) - gap.from, floor: last.readyAt - last.createdAt };
}

/** Quantiles at rank ceil(p n); null when empty. */
function twoQuantiles(values: readonly number[]): TwoQuantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (p: number): number | null =>
    sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  return { p50: at(0.5), p95: at(0.95) };
}
