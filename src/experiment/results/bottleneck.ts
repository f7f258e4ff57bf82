import { formatMilliseconds, formatShare, plural } from '../../domain/number-format.js';
import type { Decision } from '../../domain/decision.js';
import type { Measurement } from '../../domain/measurement.js';
import type { Bottleneck } from '../../domain/bottleneck.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { cpuBottleneck } from './cpu-bottleneck.js';
import { faultUnderWay } from './fault-under-way.js';
import { machinesLacking } from './machines-lacking.js';
import { networkDisturbed } from './network-disturbed.js';
import { podsBusy } from './pods-busy.js';
import type { Demand } from './pods-demand.js';
import { podsLeaving } from './pods-leaving.js';
import { columnOf, type StepTimes } from './step-times.js';
import { unevenLoad } from './uneven-load.js';
import { clockTime } from './clock-time.js';
import { whyPodsLack } from './why-pods-lack.js';
import { workersTaken } from './workers-taken.js';
import { type Window, windowMean, worstWindow } from './worst-window.js';

/** What a bottleneck is told from. */
export interface BottleneckSources {
  readonly measurement: Measurement;
  readonly world: WorldSpec;
  readonly times: StepTimes;
  readonly demands: ReadonlyMap<string, Demand>;
  readonly decisions: readonly Decision[];
}

const WINDOW_SECONDS = 300;
const SATURATED = 0.95;
/** A wait that shows: a twentieth of the objective. */
const FELT_WAIT = 0.05;

/**
 * What held the service back in the five minutes with the most violations of the objective.
 *
 * In this order: a dependency that is at least 95% busy while calls wait at it, or that refuses calls at its rate limit; a fault of
 * the network that held for at least half of the time; nodes that were lost; pods that found no node; a quota or a budget that cut a decision short;
 * a CPU limit that stopped pods which used little of it, or CPU that full nodes or garbage collection withheld; a balancer that left some pods without room while
 * others had plenty; the workload that lacked the largest share of the pods it needed, or what held up half of those: image pulls, crash
 * loops, the scheduler or the creation of pods, or an engine that had not asked for them: for the age of its metrics, the pace it is allowed
 * or the maximum of replicas; workers that waits and calls held while the CPU had room; pods on their way out that refused requests; pods
 * that were busy all the time although they should have been enough; any other fault of the scenario. Without violations, nothing.
 */
export function bottleneckOf(sources: BottleneckSources): Bottleneck {
  const { measurement, times } = sources;
  const window = worstWindow(times, columnOf(measurement.series, 'service', '', 'violated'), WINDOW_SECONDS);
  if (window === null) return { kind: 'none', name: '', why: 'Every request met the objective' };
  for (const look of IN_ORDER) {
    const found = look(sources, window);
    if (found !== null) return found;
  }
  return {
    kind: 'none',
    name: '',
    why: `Nothing was at its limit ${clock(times, window)}, when ${missedShare(sources, window)} of the requests missed the objective`,
  };
}

const IN_ORDER: readonly ((sources: BottleneckSources, window: Window) => Bottleneck | null)[] = [
  dependencyAtLimit,
  ({ world, times }, window) => networkDisturbed(world, bounds(times, window)),
  nodesLost,
  nodesFull,
  limitReached,
  cpuKeptBack,
  loadUneven,
  podsMissing,
  workersMissing,
  ({ measurement, times }, window) => podsLeaving(measurement, window, bounds(times, window)),
  podsFull,
  ({ measurement, world }, window) => faultUnderWay(measurement, world, window),
];

function missedShare({ measurement }: BottleneckSources, { from, to }: Window): string {
  const sum = (name: string): number =>
    columnOf(measurement.series, 'service', '', name)
      .subarray(from, to)
      .reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0);
  return formatShare(Math.min(1, sum('violated') / Math.max(1, sum('offered'))));
}

function dependencyAtLimit({ measurement, world, times }: BottleneckSources, window: Window): Bottleneck | null {
  const felt = (world.slo.latencyMicros / 1e3) * FELT_WAIT;
  for (const { name, concurrency, rateLimit } of world.dependencies) {
    const mean = (column: string): number =>
      windowMean(times, columnOf(measurement.series, 'dependency', name, column), window) ?? 0;
    const [utilisation, waitMs, rejected, offered] = [
      mean('utilisation'),
      mean('waitMs'),
      mean('rejected'),
      mean('offeredPerSecond'),
    ];
    if (utilisation >= SATURATED && waitMs >= felt) {
      const why = `its ${concurrency} places were ${percent(utilisation)} busy ${clock(times, window)} and calls waited ${formatMilliseconds(waitMs)}`;
      return { kind: 'dependency', name, why };
    }
    if (rateLimit !== null && rejected > 0 && offered >= rateLimit * SATURATED) {
      return {
        kind: 'dependency',
        name,
        why: `it was offered ${offered.toFixed(0)} calls a second ${clock(times, window)} and admits ${rateLimit}`,
      };
    }
  }
  return null;
}

function nodesLost({ measurement, times }: BottleneckSources, window: Window): Bottleneck | null {
  const { start, end } = bounds(times, window);
  const losses = measurement.nodes
    .map(({ removedAt, reason, outages }) =>
      [...(removedAt === null || reason !== 'lost' ? [] : [removedAt]), ...outages.map(({ from }) => from)].find(
        (at) => at >= start - 60e6 && at < end,
      ),
    )
    .filter((at) => at !== undefined);
  if (losses.length === 0) return null;
  const [first] = losses;
  const there = measurement.nodes.filter(
    ({ readyAt, removedAt }) => readyAt !== null && readyAt <= first && (removedAt ?? Infinity) >= first,
  );
  const why = `${losses.length} of ${there.length} nodes ${losses.length === 1 ? 'was' : 'were'} lost at ${clockTime(first)}`;
  return { kind: 'nodes', name: '', why };
}

/** A machine that is a replica itself is no place that pods look for: it is one of those that are missing. */
function nodesFull({ measurement, times, world, decisions }: BottleneckSources, window: Window): Bottleneck | null {
  const { start, end } = bounds(times, window);
  const onMachines = new Set(world.nodePools.map(({ workload }) => workload));
  const pending = measurement.pods.filter(
    ({ workload, waits }) =>
      !onMachines.has(workload) &&
      waits.some((wait) => wait.for === 'node' && wait.from < end && (wait.to ?? Infinity) > start),
  );
  const worst = pending.at(0);
  if (worst === undefined) return null;
  const nodes = measurement.nodes.filter(
    (node) => (node.readyAt ?? Infinity) < end && (node.removedAt ?? Infinity) > start,
  ).length;
  const why = `${pending.length} pods, the first of ${worst.workload}, found no place on ${nodes} nodes ${clock(times, window)}`;
  const lacking = machinesLacking(measurement, { start, end }, ({ workload }) => workload === undefined, world);
  const unpaid = decisions.some(
    ({ at, counts, rules }) =>
      counts === 'nodes' && at >= start && at < end && rules.some(({ rule }) => rule === 'budget'),
  );
  const because = [why, lacking, unpaid ? 'the budget pays for no more of them' : null].filter((one) => one !== null);
  return { kind: 'nodes', name: '', why: because.join('; ') };
}

/** A quota or a budget of which a workload asked for more than it got. */
function limitReached({ decisions, times }: BottleneckSources, window: Window): Bottleneck | null {
  const { start, end } = bounds(times, window);
  for (const { at, workload, rules, counts } of decisions) {
    if (counts === 'nodes' || at < start - WINDOW_SECONDS * 1e6 || at >= end) continue;
    const bound = rules.find(({ rule, before, after }) => LIMITS.has(rule) && after < before);
    if (bound === undefined) continue;
    const kind = bound.rule === 'budget' ? 'budget' : 'quota';
    const why = `the ${kind} allowed ${bound.after} pods of ${bound.before} ${clock(times, window)}`;
    return { kind, name: workload, why };
  }
  return null;
}

const LIMITS: ReadonlySet<string> = new Set(['quota', 'budget']);

function workersMissing({ measurement, world, times }: BottleneckSources, window: Window): Bottleneck | null {
  const found = workersTaken(measurement, world.workloads, window);
  return found === null ? null : { ...found, why: `${found.why} ${clock(times, window)}` };
}

function podsFull({ measurement, world, times }: BottleneckSources, window: Window): Bottleneck | null {
  const found = podsBusy(measurement, world.workloads, window);
  return found === null ? null : { ...found, why: `${found.why} ${clock(times, window)}` };
}

function cpuKeptBack({ measurement, world, times }: BottleneckSources, window: Window): Bottleneck | null {
  const found = cpuBottleneck(measurement, world.workloads, times, window);
  return found === null ? null : { ...found, why: `${found.why} ${clock(times, window)}` };
}

function loadUneven({ measurement, world, times }: BottleneckSources, window: Window): Bottleneck | null {
  const found = unevenLoad(measurement, world.workloads, window);
  return found === null ? null : { ...found, why: `${found.why} ${clock(times, window)}` };
}

/** The workload with the largest gap between needed and ready pods; what queued in the gap is late long after it is closed. */
function podsMissing(
  { measurement, times, demands, world, decisions }: BottleneckSources,
  late: Window,
): Bottleneck | null {
  const worst = world.workloads
    .map(({ name, consumes }) => {
      const window = consumes === undefined ? late : sincePublished(measurement, times, late, consumes.queue);
      const needed = demands.get(name)?.demandPods ?? new Float64Array(times.count);
      const ready = columnOf(measurement.series, 'workload', name, 'readyPods');
      return { name, window, needed, ready, ...largestGap(needed, ready, window) };
    })
    .sort((a, b) => b.share - a.share)
    .at(0);
  if (worst === undefined || worst.share <= 0) return null;
  const { name, window, needed, ready, step } = worst;
  const [was, were] = [ready[step], needed[step]].map((count) => (count === 1 ? 'was' : 'were'));
  const why = `${plural(ready[step], 'pod')} ${was} ready at ${clockTime(times.startSeconds[step] * 1e6)} where ${needed[step]} ${were} needed`;
  const desired = columnOf(measurement.series, 'workload', name, 'desiredPods');
  const existing = columnOf(measurement.series, 'workload', name, 'pods');
  const gaps = steps(window)
    .filter((i) => needed[i] > ready[i])
    .map((i) => ({
      at: (times.startSeconds[i] + times.lengthSeconds[i]) * 1e6,
      needed: needed[i],
      ready: ready[i],
      missing: needed[i] - ready[i],
      desired: desired[i],
      existing: existing[i],
    }));
  const pods = measurement.pods.filter(({ workload }) => workload === name);
  const made = decisions.filter(({ workload, counts }) => workload === name && counts !== 'nodes');
  const lacking = machinesLacking(measurement, bounds(times, window), (pool) => pool.workload === name, world);
  if (lacking !== null) return { kind: 'nodes', name: '', why: `${why}; ${lacking}` };
  const cause = whyPodsLack(pods, made, gaps);
  return cause === null ? { kind: 'pods', name, why } : { kind: cause.kind, name, why: `${why}; ${cause.why}` };
}

/** Jobs are late when they are done: what they lacked they lacked since the oldest of them was published. */
function sincePublished({ series }: Measurement, times: StepTimes, late: Window, queue: string): Window {
  const ages = columnOf(series, 'queue', queue, 'oldestAgeSeconds').subarray(late.from, late.to);
  const since = times.startSeconds[late.from] - Math.max(0, ...ages);
  const from = times.startSeconds.findIndex((start) => start >= since);
  return { from: Math.min(late.from, Math.max(0, from)), to: late.to };
}

function largestGap(needed: Float64Array, ready: Float64Array, { from, to }: Window): { share: number; step: number } {
  let worst = { share: 0, step: from };
  for (let i = from; i < to; i += 1) {
    const share = needed[i] > 0 ? (needed[i] - ready[i]) / needed[i] : 0;
    if (share > worst.share) worst = { share, step: i };
  }
  return worst;
}

function steps({ from, to }: Window): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function bounds(times: StepTimes, { from, to }: Window): { start: number; end: number } {
  return {
    start: times.startSeconds[from] * 1e6,
    end: (times.startSeconds[to - 1] + times.lengthSeconds[to - 1]) * 1e6,
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}

/** When, since the end of the warm-up: `from 19:03:00 to 19:08:00`. */
function clock(times: StepTimes, window: Window): string {
  const { start, end } = bounds(times, window);
  return `from ${clockTime(start)} to ${clockTime(end)}`;
}
