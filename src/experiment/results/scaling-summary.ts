import type { Decision } from '../../domain/decision.js';
import type { Measurement } from '../../domain/measurement.js';
import type { RunResult, ScalingEvent, TwoQuantiles } from '../../domain/run-result.js';
import type { Demand } from './pods-demand.js';
import { engineDelayParts } from './engine-delay.js';
import type { MetricTimes } from './engine-steps.js';
import { loadResponses } from './load-responses.js';
import { shortagesOf } from './shortages.js';
import { columnOf, integral, type StepTimes } from './step-times.js';

const REVERSAL_SECONDS = 600;

/** What a summary needs to know beside the measurement. */
export interface ScalingContext {
  readonly demands: ReadonlyMap<string, Demand>;
  readonly decisions: readonly Decision[];
  readonly metricTimes: MetricTimes;
}

/** Actions, reversals, how long shortages lasted, and which part of that was the engine's. */
export function scalingSummary(
  measurement: Measurement,
  times: StepTimes,
  { demands, decisions, metricTimes }: ScalingContext,
): RunResult['scaling'] {
  const counted = measurement.scaling.filter((event) => event.atSeconds >= 0);
  const shortages = [...demands].flatMap(([workload, demand]) => shortagesOf(measurement, times, workload, demand));
  const responses = loadResponses(shortages, { decisions, pods: measurement.pods, times: metricTimes });
  const parts = engineDelayParts(responses);
  return {
    ups: counted.filter((event) => event.to > event.from).length,
    downs: counted.filter((event) => event.to < event.from).length,
    reversals: reversals(counted),
    replicaVariance: [...demands.keys()].reduce((sum, name) => sum + varianceOf(measurement, times, name), 0),
    responseSeconds: twoQuantiles(shortages.map(({ response }) => response)),
    engineDelaySeconds: twoQuantiles(responses.map(({ fromSeconds, askedAtSeconds }) => askedAtSeconds - fromSeconds)),
    floorSeconds: twoQuantiles(
      responses.map(
        ({ fromSeconds, responseSeconds, askedAtSeconds }) => fromSeconds + responseSeconds - askedAtSeconds,
      ),
    ),
    ...(parts === null ? {} : { engineDelayMeanSeconds: parts, responses }),
  };
}

/** Of the replicas of a workload asked for at the end of each step, over time. */
function varianceOf({ series }: Measurement, times: StepTimes, workload: string): number {
  const asked = columnOf(series, 'workload', workload, 'desiredPods');
  const seconds = integral(
    times,
    asked.map(() => 1),
  );
  if (seconds === 0) return 0;
  const mean = integral(times, asked) / seconds;
  return (
    integral(
      times,
      asked.map((replicas) => (replicas - mean) ** 2),
    ) / seconds
  );
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

/** Quantiles at rank ceil(p n); null when empty. */
function twoQuantiles(values: readonly number[]): TwoQuantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (p: number): number | null =>
    sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  return { p50: at(0.5), p95: at(0.95) };
}
