import type { ServingSpec, WorldSpec } from '../../domain/world-spec.js';
import type { RunSeries } from '../../domain/run-result.js';
import { columnOf } from './step-times.js';
import { waitingTail } from './waiting-tail.js';

/** Demand and capacity of one workload, a row a step. */
export interface Demand {
  /** Fewest ready pods that would have met the objective for the step's actual arrivals. */
  readonly demandPods: Float64Array;
  /** Requests per second that the ready pods could serve without end. */
  readonly capacityPerSecond: Float64Array;
}

/**
 * What a workload needed and what it could have done, step by step.
 *
 * Rule: the n pods are taken as one queue of n times their workers (cores under processor sharing), with the step's own arrival rate, mean
 * hold time and its variation. Demand is the smallest n for which at most 1 - target of the requests wait longer than the objective leaves
 * beside the hold time. A hold time that by itself breaks the objective cannot be mended by pods: the run's median hold stands in its place.
 * A step in which nothing was served takes the hold time of the step before.
 */
export function podsDemand(series: RunSeries, world: WorldSpec, workload: string): Demand {
  const spec = world.workloads.find(({ name }) => name === workload);
  const read = (name: string): Float64Array => columnOf(series, 'workload', workload, name);
  const [offered, holdMs, holdScv, ready] = ['offeredPerSecond', 'holdMs', 'holdScv', 'readyPods'].map(read);
  const workers = spec === undefined ? 1 : workersOf(spec.pod.serving);
  const usual = median(holdMs);
  const demandPods = new Float64Array(series.steps);
  const capacityPerSecond = new Float64Array(series.steps);
  const sloSeconds = world.slo.latencyMicros / 1e6;
  let known = { hold: usual / 1e3, scv: 1 };
  let pods = 1;
  for (let i = 0; i < series.steps; i += 1) {
    if (holdMs[i] > 0) known = { hold: holdMs[i] / 1e3, scv: Number.isFinite(holdScv[i]) ? holdScv[i] : 1 };
    const holdSeconds = known.hold < sloSeconds ? known.hold : Math.min(known.hold, usual / 1e3);
    const load = { arrivalsPerSecond: offered[i], holdSeconds, holdScv: known.scv };
    capacityPerSecond[i] = (ready[i] * workers) / known.hold;
    pods = fewestPods(
      pods,
      (n) =>
        waitingTail({ ...load, workers: Math.floor(n * workers) }, sloSeconds - holdSeconds) <= 1 - world.slo.target,
      load,
    );
    demandPods[i] = pods;
  }
  return { demandPods, capacityPerSecond };
}

/** Servers a pod amounts to: its workers, or its cores under processor sharing. */
function workersOf(serving: ServingSpec): number {
  return serving.discipline === 'processor-sharing' ? serving.cpuCores : serving.concurrency;
}

interface Load {
  readonly arrivalsPerSecond: number;
  readonly holdSeconds: number;
}

/** The smallest n that suffices, searched from the last step's: doubling away from it, then halving the bracket. 0 without arrivals. */
function fewestPods(from: number, suffices: (pods: number) => boolean, load: Load): number {
  const work = load.arrivalsPerSecond * load.holdSeconds;
  if (!(work > 0)) return 0;
  let high = Math.max(1, from);
  let low = 0;
  while (!suffices(high)) {
    low = high;
    high *= 2;
  }
  for (let stride = 1; low === 0 && high > 1; stride *= 2) {
    const probe = Math.max(1, high - stride);
    if (!suffices(probe)) low = probe;
    else high = probe;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (suffices(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function median(column: Float64Array): number {
  const sorted = column.filter((value) => value > 0).sort();
  return sorted.length === 0 ? NaN : sorted[Math.floor(sorted.length / 2)];
}
