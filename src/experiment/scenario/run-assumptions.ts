import { describeArrivals } from './describe-arrivals.js';
import { cpuAssumptions } from './cpu-assumptions.js';
import { servingWorkloads } from '../../domain/serving-workloads.js';
import type { WorldSpec } from '../../domain/world-spec.js';
import { cacheAssumptions } from './cache-assumptions.js';
import { balancerAssumptions } from './balancer-assumptions.js';
import { controlPlaneAssumptions } from './control-plane-assumptions.js';
import { machineAssumptions } from './machine-assumptions.js';
import { jvmAssumptions } from './jvm-assumptions.js';
import { queueAssumptions } from './queue-assumptions.js';
import { schedulingAssumptions } from './scheduling-assumptions.js';
import { networkAssumptions } from './network-assumptions.js';

/** What every simulated run takes for granted. */
const always: readonly string[] = [
  'Every balancer has the same view of the endpoints, and its choice costs no time.',
  'The engine sees only scraped metrics: sampled, late, and possibly incomplete.',
];

/** The sentences a report prints so that nobody takes a simulation for more than it is. */
export function runAssumptions(world: WorldSpec): readonly string[] {
  return [
    ...openLoop(world),
    ...networkAssumptions(world),
    equalPods(world),
    ...always.slice(0, -1),
    ...machineAssumptions(world),
    ...cpuAssumptions(world),
    ...jvmAssumptions(world),
    ...always.slice(-1),
    ...servingWorkloads(world).flatMap(ofWorkload),
    ...controlPlaneAssumptions(world),
    ...schedulingAssumptions(world),
    ...ofClients(world),
    ...ofConnections(world),
    ...cacheAssumptions(world),
    ...balancerAssumptions(world),
    ...queueAssumptions(world),
    ...ofNodes(world),
    ...ofArrivals(world),
  ];
}

function equalPods({ workloads }: WorldSpec): string {
  const changing = workloads
    .filter(({ rollouts, resourcesChange }) => rollouts !== undefined || resourcesChange === true)
    .map(({ name }) => name);
  return changing.length === 0
    ? 'Pods of a workload are equal.'
    : `Pods of a workload are equal, but for what rollouts and vertical scaling change in those of ${changing.join(', ')}.`;
}

function openLoop({ traffic }: WorldSpec): readonly string[] {
  const all = traffic.every(({ users }) => users === undefined);
  return all ? ['Arrivals are open-loop: slowness drives nobody away, except by time-outs.'] : [];
}

function ofWorkload({ name, pod }: WorldSpec['workloads'][number]): readonly string[] {
  const { discipline, concurrency, cpuCores, quota } = pod.serving;
  const cores = coresText(cpuCores);
  if (discipline === 'processor-sharing')
    return [`Requests in a pod of ${name} share ${cores} evenly; the limit has no 100 ms periods.`];
  if (discipline === 'cfs') {
    const limit =
      quota === undefined ? 'no limit' : `${coresText(quota.cores)} in every ${quota.periodMicros / 1e3} ms`;
    return [`Requests in a pod of ${name} are threads on ${cores} with ${limit}, one run queue and no slices.`];
  }
  if (discipline === 'per-request') return [`Every request of ${name} has an instance to itself.`];
  if (concurrency <= Math.max(1, cpuCores)) return [];
  return [`The ${concurrency} workers of a pod of ${name} never slow each other down, although the pod has ${cores}.`];
}

function coresText(cores: number): string {
  return `${cores} ${cores === 1 ? 'core' : 'cores'}`;
}

function ofClients(world: WorldSpec): readonly string[] {
  const forever = world.traffic.filter(({ client }) => client.timeoutMicros === null).map(({ name }) => name);
  return forever.length === 0 ? [] : [`Clients of ${forever.join(', ')} wait for ever and never try again.`];
}

function ofConnections(world: WorldSpec): readonly string[] {
  return world.workloads
    .filter(({ balancer }) => balancer.per === 'connection')
    .map(
      ({ name }) =>
        `Clients of ${name} share connections among requests and take them in turn; opening one costs no time, and a pod closes its own when its preStop is over.`,
    );
}

function ofNodes(world: WorldSpec): readonly string[] {
  const nodes =
    world.nodePools.length === 0 ? ['There are no nodes in the scenario: every pod finds a place at once.'] : [];
  const bill =
    world.billing.kind === 'pods'
      ? ['The bill counts the hours of pods from being scheduled to being gone.']
      : ['The bill counts the hours of nodes, used or not.'];
  return [...nodes, ...bill];
}

function ofArrivals(world: WorldSpec): readonly string[] {
  return world.traffic.map(({ name, arrivals, users }) =>
    users !== undefined
      ? `Users of ${name} wait for the end of a request, think and ask again, so that slowness lowers their load; one who comes is somewhere in his thinking.`
      : `Requests of ${name} are laid inside the bins of their rate by the ${describeArrivals(arrivals)} model.`,
  );
}
