import { clientsOf } from '../../domain/clients-of.js';
import type { RetrySpec } from '../../domain/traffic-spec.js';
import type { WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';

/** Whether a workload's balancers must hear what becomes of every attempt, or its pods refuse by more than the length of their queue. */
export function needsGate(world: WorldSpec, workload: WorkloadSpec): boolean {
  const { balancer, pod, name } = workload;
  return (
    countsApart(world, workload) ||
    balancer.outlierEjection !== undefined ||
    isCommandedToWatch(workload) ||
    balancer.circuitBreaker !== undefined ||
    pod.serving.maxQueueDelayMicros !== undefined ||
    world.faults.some((fault) => fault.kind === 'answerErrors' && fault.workload === name) ||
    clientsOf(world, name).some(({ retry }) => goesElsewhere(retry))
  );
}

/** Whether the engine goes by what becomes of attempts, or may tell balancers to. */
function isCommandedToWatch({ commanded }: WorkloadSpec): boolean {
  return commanded?.latency === true || commanded?.settings?.includes('outlierEjection') === true;
}

/** Whether balancers that read loads have to count attempts for themselves: there are several, or they hear of ends later. */
function countsApart({ network }: WorldSpec, { balancer }: WorkloadSpec): boolean {
  const reads = balancer.policy === 'least-connections' || balancer.policy === 'power-of-two';
  return reads && balancer.per !== 'connection' && ((balancer.instances ?? 1) > 1 || network !== undefined);
}

function goesElsewhere(retry: RetrySpec | null): boolean {
  return retry?.elsewhere === true;
}
