import type { ClientSpec, RequestClassSpec, TrafficSpec, WorkSpec } from '../../../src/domain/traffic-spec.js';
import type {
  BalancerPolicy,
  BalancerSpec,
  DependencySpec,
  ServingSpec,
  WorkloadSpec,
  WorldSpec,
} from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import type { DataPlane, ProcessPort } from '../../../src/sim/data-plane.js';

/** A client that waits for ever and never tries again. */
export const patientClient: ClientSpec = { timeoutMicros: null, serverStops: false, retry: null };

/** Work of constant length without waiting or calls. */
export function plainWork(cpuMicros: number): WorkSpec {
  return { cpu: { kind: 'constant', value: cpuMicros }, wait: null, calls: [] };
}

/** A request class that makes up all of its source. */
export function onlyClass(work: WorkSpec): RequestClassSpec {
  return { ...work, name: 'only', share: 1, requestBytes: 0, responseBytes: 0 };
}

/** A traffic source of constant rate from time zero to `endMicros`. */
export function steadyTraffic(
  name: string,
  to: string,
  rate: { readonly perSecond: number; readonly endMicros: number },
  parts: Partial<TrafficSpec> & Pick<TrafficSpec, 'classes'>,
): TrafficSpec {
  return {
    name,
    to,
    rates: { edgesMicros: Float64Array.of(0, rate.endMicros), ratePerSecond: Float64Array.of(rate.perSecond) },
    arrivals: 'poisson',
    client: patientClient,
    ...parts,
  };
}

/** A workload of equal pods; what is left out is unlimited, idle or neutral. */
export function podWorkload(
  name: string,
  pods: { readonly count: number; readonly policy?: BalancerPolicy; readonly per?: BalancerSpec['per'] },
  serving: Partial<ServingSpec>,
  work: WorkSpec = plainWork(1),
): WorkloadSpec {
  return {
    name,
    initialReplicas: pods.count,
    balancer: { policy: pods.policy ?? 'round-robin', per: pods.per, endpointLagMicros: micros(0), health: null },
    work,
    pod: {
      serving: {
        discipline: 'fcfs',
        concurrency: Infinity,
        queueLimit: Infinity,
        patience: null,
        cpuCores: 1,
        setUp: { kind: 'constant', value: 0 },
        ...serving,
      },
      cpuRequestMillis: null,
      cpuLimitMillis: null,
      memoryRequestMiB: null,
      memoryIdleMiB: 0,
      memoryPerRequestMiB: 0,
      start: { kind: 'constant', value: 0 },
      readiness: { periodMicros: micros(1e6), rise: 1 },
      termination: { preStopMicros: micros(0), graceMicros: micros(0) },
    },
  };
}

/** What of a world matters to the request path alone. */
export interface PlaneParts {
  readonly seed: number;
  readonly endMicros: number;
  readonly traffic: readonly TrafficSpec[];
  readonly workloads: readonly WorkloadSpec[];
  readonly dependencies?: readonly DependencySpec[];
  readonly sloMicros?: number;
}

/** A world for the request path alone: no nodes, no faults, no engine. */
export function planeWorld(parts: PlaneParts): WorldSpec {
  return {
    name: 'plane',
    seed: parts.seed,
    originEpochMicros: 0,
    durationMicros: micros(parts.endMicros),
    warmUpMicros: micros(0),
    stepMicros: micros(60e6),
    tickMicros: micros(15e6),
    slo: { latencyMicros: micros(parts.sloMicros ?? 1e6), target: 0.99 },
    traffic: parts.traffic,
    workloads: parts.workloads,
    dependencies: parts.dependencies ?? [],
    nodePools: [],
    metrics: { scrapeMicros: micros(15e6), lagMicros: micros(0), dropped: 0 },
    cluster: { nodeMonitorGraceMicros: micros(0), evictionAfterMicros: micros(0), restartDelayMicros: micros(0) },
    faults: [],
    billing: { kind: 'pods', pricePerPodHour: 0 },
  };
}

/** Opens every workload's initial pods, in the order of the world, on its pools of nodes in turn, and routes to them. */
export function openPods(plane: DataPlane, world: WorldSpec): Map<string, ProcessPort[]> {
  const opened = new Map<string, ProcessPort[]>();
  for (const { name, initialReplicas } of world.workloads) {
    const port = plane.workload(name);
    const pods = Array.from({ length: initialReplicas }, (_, ordinal) =>
      port.open(ordinal, { speed: 1, place: world.nodePools.at(ordinal % world.nodePools.length) }),
    );
    for (const pod of pods) pod.listen(true);
    port.route(pods);
    opened.set(name, pods);
  }
  return opened;
}
