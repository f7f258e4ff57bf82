import type { Measurement } from '../../domain/measurement.js';
import type { ServingSpec, WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';
import type { RunSeries } from '../../domain/run-result.js';
import { type HoldTimes, holdsByStep, steadyHolds } from './hold-times.js';
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
 * Jobs of a queue have its objective.
 * Pods of every step are taken to have the size of the newest revision that has begun to roll out by then, and the CPU time a request of
 * the newest that is through, less what a fault takes of them meanwhile; what a vertical policy changes is not followed.
 * A step with few requests takes the hold time of several, one in which nothing was served that of the step before.
 */
export function podsDemand(measurement: Measured, world: WorldSpec, workload: string): Demand {
  const { series } = measurement;
  const spec = world.workloads.find(({ name }) => name === workload);
  const read = (name: string): Float64Array => columnOf(series, 'workload', workload, name);
  const [offered, ready] = [read('offeredPerSecond'), read('readyPods')];
  const workers = workersByStep(spec, series);
  const left = capacityLeft(world.faults, workload, series);
  const hold = holdTimes(measurement, spec, workload);
  const slo = objectiveOf(world, spec?.consumes?.queue);
  const allowed = 1 - slo.target;
  const sloSeconds = slo.latencyMicros / 1e6;
  const demandPods = new Float64Array(series.steps);
  let pods = 1;
  for (let i = 0; i < series.steps; i += 1) {
    const holdSeconds = hold.seconds[i] < sloSeconds ? hold.seconds[i] : Math.min(hold.seconds[i], hold.usualSeconds);
    const load = { arrivalsPerSecond: offered[i], holdSeconds, holdScv: hold.scv[i] };
    // Pods without any capacity would never be enough: they are counted as the pods they were.
    const perPod = workers[i] * (left[i] > 0 ? left[i] : 1);
    const suffices = (n: number): boolean =>
      waitingTail({ ...load, workers: Math.floor(n * perPod) }, sloSeconds - holdSeconds) <= allowed;
    pods = fewestPods(pods, suffices, load);
    demandPods[i] = pods;
  }
  return { demandPods, capacityPerSecond: ready.map((count, i) => (count * workers[i] * left[i]) / hold.seconds[i]) };
}

type Measured = Pick<Measurement, 'series' | 'rollouts'>;

function holdTimes({ series, rollouts = [] }: Measured, spec: WorkloadSpec | undefined, workload: string): HoldTimes {
  const read = (name: string): Float64Array => columnOf(series, 'workload', workload, name);
  const measured = {
    holdMs: read('holdMs'),
    holdScv: read('holdScv'),
    counts: read('offeredPerSecond').map((perSecond) => perSecond * series.stepSeconds),
  };
  const discipline = spec?.pod.serving.discipline;
  const shared = discipline === 'processor-sharing' || discipline === 'cfs';
  return shared ? steadyHolds(measured, cpuFactors(spec, series, rollouts)) : holdsByStep(measured);
}

/** What work is judged by: the objective of the queue that it comes from, else the service's. */
function objectiveOf({ queues = [], slo }: WorldSpec, queue: string | undefined): WorldSpec['slo'] {
  return queues.find(({ name }) => name === queue)?.slo ?? slo;
}

/** What a request takes of the CPU on the newest pods that are through, against those of the beginning. */
function cpuFactors(
  spec: WorkloadSpec | undefined,
  { steps, startSeconds }: RunSeries,
  records: NonNullable<Measurement['rollouts']>,
): Float64Array {
  const factors = new Float64Array(steps).fill(1);
  for (const { workload, revision, finishedAt } of records) {
    const factor = spec?.name === workload ? spec.rollouts?.at(revision - 1)?.demandFactor : undefined;
    if (factor === undefined || finishedAt === null) continue;
    const first = startSeconds.findIndex((start) => start >= finishedAt / 1e6);
    if (first >= 0) factors.fill(factor, first);
  }
  return factors;
}

/** Servers a pod amounts to, step by step. */
function workersByStep(spec: WorkloadSpec | undefined, { steps, startSeconds }: RunSeries): Float64Array {
  const workers = new Float64Array(steps).fill(spec === undefined ? 1 : workersOf(spec.pod.serving));
  for (const { at, pod } of spec?.rollouts ?? []) {
    const first = startSeconds.findIndex((start) => start >= at / 1e6);
    if (first >= 0) workers.fill(workersOf(pod.serving), first);
  }
  return workers;
}

/** The share of its pods' workers or cores that faults leave a workload, step by step. */
function capacityLeft(faults: WorldSpec['faults'], workload: string, { startSeconds }: RunSeries): Float64Array {
  const lost = faults.filter((fault) => fault.kind === 'loseCapacity').filter((fault) => fault.workload === workload);
  return startSeconds.map((start) =>
    lost
      .filter(({ at, durationMicros }) => start * 1e6 >= at && start * 1e6 < at + durationMicros)
      .reduce((share, fault) => share * (1 - fault.share), 1),
  );
}

/** Servers a pod amounts to: its workers, or the cores it may use where requests share them. */
function workersOf({ discipline, cpuCores, quota, concurrency }: ServingSpec): number {
  if (discipline === 'cfs') return Math.min(cpuCores, quota?.cores ?? Infinity);
  return discipline === 'processor-sharing' ? cpuCores : concurrency;
}

interface Load {
  readonly arrivalsPerSecond: number;
  readonly holdSeconds: number;
}

/** The smallest n that suffices, searched from the last step's: doubling away from it, then halving the bracket. 0 without arrivals, 1 where nobody knows how long they take. */
function fewestPods(from: number, suffices: (pods: number) => boolean, load: Load): number {
  if (!(load.arrivalsPerSecond > 0)) return 0;
  if (!(load.holdSeconds > 0)) return 1;
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
