import type { ServingSpec, WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';
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
 * Jobs of a queue have its objective.
 * Pods of every step are taken to be of the newest revision that has begun to roll out by then; what a vertical policy changes is not followed.
 * A step in which nothing was served takes the hold time of the step before.
 */
export function podsDemand(series: RunSeries, world: WorldSpec, workload: string): Demand {
  const spec = world.workloads.find(({ name }) => name === workload);
  const read = (name: string): Float64Array => columnOf(series, 'workload', workload, name);
  const [offered, ready] = [read('offeredPerSecond'), read('readyPods')];
  const serving = spec?.pod.serving;
  const workers = workersByStep(spec, series);
  const hold = holdTimes(
    read('holdMs'),
    read('holdScv'),
    serving?.discipline === 'processor-sharing' || serving?.discipline === 'cfs',
  );
  const slo = objectiveOf(world, spec?.consumes?.queue);
  const allowed = 1 - slo.target;
  const sloSeconds = slo.latencyMicros / 1e6;
  const demandPods = new Float64Array(series.steps);
  let pods = 1;
  for (let i = 0; i < series.steps; i += 1) {
    const holdSeconds = hold.seconds[i] < sloSeconds ? hold.seconds[i] : Math.min(hold.seconds[i], hold.usualSeconds);
    const load = { arrivalsPerSecond: offered[i], holdSeconds, holdScv: hold.scv[i] };
    const suffices = (n: number): boolean =>
      waitingTail({ ...load, workers: Math.floor(n * workers[i]) }, sloSeconds - holdSeconds) <= allowed;
    pods = fewestPods(pods, suffices, load);
    demandPods[i] = pods;
  }
  return { demandPods, capacityPerSecond: ready.map((count, i) => (count * workers[i]) / hold.seconds[i]) };
}

/** What work is judged by: the objective of the queue that it comes from, else the service's. */
function objectiveOf({ queues = [], slo }: WorldSpec, queue: string | undefined): WorldSpec['slo'] {
  return queues.find(({ name }) => name === queue)?.slo ?? slo;
}

/** How long a request holds a worker, or a core, by step. */
interface HoldTimes {
  readonly seconds: Float64Array;
  readonly scv: Float64Array;
  /** Median over the steps. */
  readonly usualSeconds: number;
}

/**
 * Under processor sharing the CPU time of a request does not depend on the load, but an overloaded pod finishes its short requests first:
 * there the run's medians stand for every step. A worker is held longer when what it calls is slow, so there every step speaks for itself.
 */
function holdTimes(holdMs: Float64Array, holdScv: Float64Array, steady: boolean): HoldTimes {
  const usual = { ms: median(holdMs), scv: median(holdScv) };
  let known = { ms: usual.ms, scv: Number.isFinite(usual.scv) ? usual.scv : 0 };
  const seconds = new Float64Array(holdMs.length);
  const scv = new Float64Array(holdMs.length);
  for (let i = 0; i < holdMs.length; i += 1) {
    if (!steady && holdMs[i] > 0) known = { ms: holdMs[i], scv: holdScv[i] };
    seconds[i] = known.ms / 1e3;
    scv[i] = known.scv;
  }
  return { seconds, scv, usualSeconds: usual.ms / 1e3 };
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

/** Servers a pod amounts to: its workers, or the cores it may use where requests share them. */
function workersOf({ discipline, cpuCores, quota, concurrency }: ServingSpec): number {
  if (discipline === 'cfs') return Math.min(cpuCores, quota?.cores ?? Infinity);
  return discipline === 'processor-sharing' ? cpuCores : concurrency;
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
