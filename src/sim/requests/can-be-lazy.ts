import type { CallSpec } from '../../domain/traffic-spec.js';
import { requestsMayExceedMemory } from '../../domain/memory-use.js';
import { podsOf } from '../../domain/pods-of.js';
import { probesMatter, probesTakeCpu } from '../../domain/probes-matter.js';
import type { PodSpec, WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';
import { needsGate } from '../balancing/needs-gate.js';

/**
 * Whether nobody needs the instants of a workload's completions as they happen: no network, no calls made or received, no time-outs, retries or patience, no users who wait,
 * no balancer that watches all loads, no probes that wait where cores are shared, no memory limit that requests can exceed, no queue shared by several servers' set-ups,
 * no cores shared with other pods, no collector that stops the program, no warming up, no queue that jobs come from, no activator, nobody who asks pods how long requests took. Lazy completion is then an optimisation that shows in nothing.
 */
export function canBeLazy(world: WorldSpec, workload: WorkloadSpec): boolean {
  if (world.network !== undefined || world.cluster.sharesCpu === true || isWatched(world, workload)) return false;
  const traffic = world.traffic.filter((source) => source.to === workload.name);
  const plain = traffic.every(
    ({ client, classes, users }) =>
      users === undefined &&
      client.timeoutMicros === null &&
      client.retry === null &&
      classes.every((one) => one.calls.length === 0),
  );
  return plain && !isCalled(world, workload.name);
}

/** Whether something about the workload itself goes by the instants. */
function isWatched(world: WorldSpec, workload: WorkloadSpec): boolean {
  const pods = podsOf(workload);
  const { patience, discipline } = workload.pod.serving;
  return (
    workload.consumes !== undefined ||
    workload.latencyBuckets !== undefined ||
    countsRequests(workload) ||
    workload.activator !== undefined ||
    needsGate(world, workload) ||
    pods.some(waitsForProbes) ||
    requestsMayExceedMemory(workload) ||
    pods.some(({ warmUp, jvm }) => warmUp !== undefined || jvm !== undefined) ||
    patience !== null ||
    discipline === 'per-request'
  );
}

/** Whether it takes watching to tell when a probe is answered: those who wait for a worker that shares its cores, or for its CPU, wait for nobody knows how long. */
function waitsForProbes(pod: PodSpec): boolean {
  const { discipline, concurrency } = pod.serving;
  return discipline !== 'fcfs' && (probesTakeCpu(pod) || (probesMatter(pod) && concurrency !== Infinity));
}

/** Whether a workload's balancer must be told of every change of the requests on board: several count for themselves. */
export function countsRequests({ balancer }: WorkloadSpec): boolean {
  return balancer.policy === 'least-connections' && balancer.per !== 'connection' && (balancer.instances ?? 1) === 1;
}

function isCalled(world: WorldSpec, name: string): boolean {
  const groups = [
    ...world.traffic.flatMap((source) => source.classes.flatMap((one) => one.calls)),
    ...world.workloads.flatMap((workload) => workload.work.calls),
  ];
  return groups.some((group: readonly CallSpec[]) => group.some((call) => call.target === name));
}
