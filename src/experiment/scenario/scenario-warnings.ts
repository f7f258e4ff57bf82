import { servingWorkloads } from '../../domain/serving-workloads.js';
import { meanOf } from '../../kernel/distributions.js';
import { mayTake } from '../../domain/scheduling/node-marks.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { describeArrivals } from './describe-arrivals.js';
import { balancerWarnings } from './balancer-warnings.js';
import { connectionWarnings } from './connection-warnings.js';
import { formatDuration } from './format-duration.js';
import type { ReadTrace } from './read-traces.js';
import type { SourceTree } from './source-tree.js';

/** What is legal but probably not meant, one message each. */
export function scenarioWarnings(
  world: WorldSpec,
  tree: SourceTree,
  called: ReadonlySet<string>,
  traces: readonly (ReadTrace | null)[],
): readonly string[] {
  return [
    ...idleWorkloads(world, tree, called),
    ...coarseTraces(world, tree, traces),
    ...podsTooLarge(world, tree),
    ...connectionWarnings(world, tree),
    ...balancerWarnings(world, tree),
  ];
}

function idleWorkloads(world: WorldSpec, tree: SourceTree, called: ReadonlySet<string>): readonly string[] {
  const fed = new Set(world.traffic.map(({ to }) => to));
  return servingWorkloads(world)
    .filter(({ name }) => !fed.has(name) && !called.has(name))
    .map(({ name }) => tree.warning(['workloads', name], 'gets no traffic and no calls'));
}

/** Inside a bin the load is flat: a bin longer than the time to react hides the very peaks that an autoscaler must meet. */
function coarseTraces(world: WorldSpec, tree: SourceTree, traces: readonly (ReadTrace | null)[]): readonly string[] {
  return traces.flatMap((read, i) => {
    const workload = world.workloads.find(({ name }) => name === world.traffic[i].to);
    if (read === null || workload === undefined) return [];
    const lead = world.metrics.scrapeMicros + world.metrics.lagMicros + world.tickMicros + meanOf(workload.pod.start);
    if (read.trace.binMicros <= lead) return [];
    const problem = `has bins of ${formatDuration(read.trace.binMicros)}, longer than the engine needs to react (about ${Math.round(lead / 1e6)}s): peaks inside a bin are lost, and arrivals inside it are a guess (${describeArrivals(world.traffic[i].arrivals)}; run --arrivals-check shows what others would give)`;
    return [tree.warning(['traffic', i, 'trace'], problem)];
  });
}

function podsTooLarge(world: WorldSpec, tree: SourceTree): readonly string[] {
  return world.workloads.flatMap(({ name, pod, scheduling = {}, headroom }) => {
    const own = world.nodePools.filter(({ workload }) => workload === name);
    const pools =
      own.length > 0 ? own : world.nodePools.filter((one) => one.workload === undefined && mayTake(one, scheduling));
    if (pools.length === 0) return [];
    const cpu = Math.max(...pools.map((pool) => pool.cpuMillis));
    const memory = Math.max(...pools.map((pool) => pool.memoryMiB));
    if ((pod.cpuRequestMillis ?? 0) <= cpu && (pod.memoryRequestMiB ?? 0) <= memory) return [];
    const problem = `fits on no node (${cpu}m CPU and ${memory}Mi of memory at most)`;
    return [tree.warning(headroom === true ? ['headroom', name] : ['workloads', name, 'pod'], problem)];
  });
}
