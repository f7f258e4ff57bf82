import { clientsOf } from '../../domain/clients-of.js';
import type { WorldSpec } from '../../domain/world-spec.js';

/** What a run takes for granted about balancers that do more than choose, and about pods that refuse. */
export function balancerAssumptions(world: WorldSpec): readonly string[] {
  const { workloads } = world;
  const elsewhere = workloads.some(({ name }) => clientsOf(world, name).some(({ retry }) => retry?.elsewhere === true));
  return [
    ...workloads.flatMap(ofBalancer),
    ...(elsewhere
      ? ['A retry that is to go elsewhere is chosen again up to three times, and takes what it then has.']
      : []),
  ];
}

function ofBalancer({ name, balancer, pod }: WorldSpec['workloads'][number]): readonly string[] {
  const { instances = 1, slowStart, outlierEjection, circuitBreaker } = balancer;
  return [
    ...(instances === 1
      ? []
      : [
          `Each attempt at ${name} goes to one of ${instances} balancers by chance; they know nothing of each other and are told of endpoints at the same time.`,
        ]),
    ...(slowStart === undefined
      ? []
      : [`An endpoint of ${name} that comes back after a time away starts slowly again.`]),
    ...(outlierEjection === undefined
      ? []
      : [
          `A balancer of ${name} holds every failure it sees against the pod, a failed call of the pod's own included; a pod whose container was started anew is a new endpoint.`,
        ]),
    ...(circuitBreaker === undefined
      ? []
      : [`What its client has given up counts for the circuit breaker of ${name} until its pod lets go of it.`]),
    ...(pod.serving.maxQueueDelayMicros === undefined
      ? []
      : [`A pod of ${name} that sheds load refuses at the door; who waits already goes on waiting.`]),
  ];
}
