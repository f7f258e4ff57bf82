import type { EngineConfig, EngineWorkload } from '../../src/domain/engine-config.js';
import type { RateSeries } from '../../src/domain/rate-series.js';
import type { CallSpec, ClientSpec, TrafficSpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { NodePoolSpec, WorkloadSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { builtIn } from '../../src/engine/registries.js';
import { seconds } from '../../src/kernel/micros.js';
import { onlyClass, patientClient, planeWorld, podWorkload } from '../sim/requests/plane-world.js';

/** A world with the engine that runs it. */
export interface EngineWorld {
  readonly world: WorldSpec;
  readonly engine: EngineConfig;
}

/** Between 148 requests a second at four in the morning and 500 at four in the afternoon, by the minute: 28 million in 24 hours. */
function diurnal(hours: number): RateSeries {
  const minutes = hours * 60;
  return {
    edgesMicros: Float64Array.from({ length: minutes + 1 }, (_, i) => i * 60e6),
    ratePerSecond: Float64Array.from(
      { length: minutes },
      (_, i) => 324 - 176 * Math.cos((2 * Math.PI * (i / 60 - 4)) / 24),
    ),
  };
}

const nodes: NodePoolSpec = {
  name: 'nodes',
  instanceType: 'aws/m5.2xlarge',
  count: 20,
  cpuMillis: 7910,
  memoryMiB: 29_000,
  maxPods: 58,
  pricePerHour: 0.384,
  cpuSpeed: 1,
};

/** One workload behind two random choices, scaled on CPU. */
export function day(hours: number): EngineWorld {
  const work: WorkSpec = { cpu: { kind: 'exponential', mean: 20e3 }, wait: null, calls: [] };
  const app = scaled(podWorkload('app', { count: 12, policy: 'power-of-two' }, { concurrency: 4 }, work), 0);
  return engineWorld(hours, traffic('app', hours, work, patientClient), [app]);
}

/**
 * Three workloads that call each other in a row over connections that are kept, on CPU that the kernel hands out by quota, with time-outs,
 * retries and endpoints that lag.
 */
export function dayHard(hours: number): EngineWorld {
  const client = (timeoutSeconds: number, connections: number): ClientSpec => ({
    connections: { size: connections, maxAgeMicros: seconds(60), maxRequests: null },
    timeoutMicros: seconds(timeoutSeconds),
    serverStops: true,
    retry: {
      max: 2,
      backoffFirstMicros: seconds(0.1),
      backoffLastMicros: seconds(1),
      jitter: 'full',
      budget: 0.1,
      budgetBurst: 10,
    },
  });
  const call = (target: string, timeoutSeconds: number): CallSpec => ({
    target,
    probability: 1,
    client: client(timeoutSeconds, 8),
  });
  const back: WorkSpec = {
    cpu: { kind: 'exponential', mean: 20e3 },
    wait: { kind: 'exponential', mean: 5e3 },
    calls: [],
  };
  const middle: WorkSpec = { ...back, calls: [[call('back', 1)]] };
  const front: WorkSpec = { ...back, calls: [[call('middle', 2)]] };
  const quota = { cores: 1, periodMicros: seconds(0.1) };
  const serving = { discipline: 'cfs', cpuCores: 8, quota, concurrency: 100 } as const;
  const balancer = { count: 12, policy: 'least-connections', per: 'connection' } as const;
  const workload = (name: string, work: WorkSpec): WorkloadSpec => {
    return scaled(podWorkload(name, balancer, serving, work), 2);
  };
  const workloads = [workload('front', front), workload('middle', middle), workload('back', back)];
  return engineWorld(hours, traffic('front', hours, front, client(4, 200)), workloads);
}

function traffic(to: string, hours: number, work: WorkSpec, client: ClientSpec): TrafficSpec {
  return { name: 'web', to, rates: diurnal(hours), arrivals: 'poisson', client, classes: [onlyClass(work)] };
}

/** A workload whose pods take a while to start and are asked for half a core each. */
function scaled(workload: WorkloadSpec, lagSeconds: number): WorkloadSpec {
  return {
    ...workload,
    balancer: { ...workload.balancer, endpointLagMicros: seconds(lagSeconds) },
    pod: {
      ...workload.pod,
      cpuRequestMillis: 500,
      memoryRequestMiB: 512,
      memoryIdleMiB: 200,
      start: { kind: 'lognormal', mu: Math.log(8e6), sigma: 0.3 },
      readiness: { periodMicros: seconds(5), rise: 1 },
      termination: { preStopMicros: seconds(5), graceMicros: seconds(30) },
    },
  };
}

function engineWorld(hours: number, source: TrafficSpec, workloads: readonly WorkloadSpec[]): EngineWorld {
  const plain = planeWorld({ seed: 1, endMicros: hours * 3600e6, traffic: [source], workloads, sloMicros: 300e3 });
  const world: WorldSpec = {
    ...plain,
    nodePools: [nodes],
    metrics: { scrapeMicros: seconds(15), lagMicros: seconds(5), dropped: 0 },
    cluster: {
      nodeMonitorGraceMicros: seconds(40),
      evictionAfterMicros: seconds(300),
      restartDelayMicros: seconds(10),
    },
    billing: { kind: 'nodes' },
  };
  return { world, engine: engineConfig(workloads) };
}

function engineConfig(workloads: readonly WorkloadSpec[]): EngineConfig {
  const { policies, forecasters } = builtIn;
  return {
    originEpochMicros: 0,
    collector: { windowMicros: seconds(60), staleAfterMicros: seconds(90) },
    quota: { pods: null, cpuMillis: null, memoryMiB: null },
    workloads: workloads.map(({ name, pod }): EngineWorkload => ({
      name,
      cpuRequestMillis: pod.cpuRequestMillis,
      memoryRequestMiB: pod.memoryRequestMiB,
      minReplicas: 4,
      maxReplicas: 80,
      policy: { name: 'hpa', config: policies.hpa.schema.parse({ metrics: [{ cpu: '60%' }] }) },
      forecaster: { name: 'none', config: forecasters.none.schema.parse({}) },
    })),
  };
}
