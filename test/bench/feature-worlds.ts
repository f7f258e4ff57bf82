import type { ClientSpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { BalancerSpec, NodePoolSpec, PodSpec, ServingSpec, WorldSpec } from '../../src/domain/world-spec.js';
import type { Distribution } from '../../src/kernel/distributions.js';
import { micros, seconds } from '../../src/kernel/micros.js';
import type { EngineWorld } from './day-worlds.js';

/** Changes what a world is, its engine left alone. */
export type Feature = (world: EngineWorld) => EngineWorld;

const HOUR = 3600;

function change(by: (world: WorldSpec) => Partial<WorldSpec>): Feature {
  return ({ world, engine }) => ({ world: { ...world, ...by(world) }, engine });
}

function client(parts: Partial<ClientSpec>): Feature {
  return change(({ traffic }) => ({
    traffic: traffic.map((source) => ({ ...source, client: { ...source.client, ...parts } })),
  }));
}

function pods(parts: Partial<PodSpec>): Feature {
  return change(({ workloads }) => ({
    workloads: workloads.map((workload) => ({ ...workload, pod: { ...workload.pod, ...parts } })),
  }));
}

function serving(parts: Partial<ServingSpec>): Feature {
  return change(({ workloads }) => ({
    workloads: workloads.map((workload) => {
      const { pod } = workload;
      return { ...workload, pod: { ...pod, serving: { ...pod.serving, ...parts } } };
    }),
  }));
}

function balancer(parts: Partial<BalancerSpec>): Feature {
  return change(({ workloads }) => ({
    workloads: workloads.map((workload) => ({ ...workload, balancer: { ...workload.balancer, ...parts } })),
  }));
}

function network(milliseconds: number): Feature {
  const time: Distribution = { kind: 'constant', value: milliseconds * 1000 };
  const roundTrip = { sameZone: time, crossZone: time, crossRegion: time, clients: time, internet: time };
  return change(() => ({ network: { roundTrip, loss: 0, prices: null } }));
}

function all(...features: readonly Feature[]): Feature {
  return (world) => features.reduce((changed, feature) => feature(changed), world);
}

function probe(timeoutSeconds: number): NonNullable<PodSpec['livenessProbe']> {
  return {
    initialDelayMicros: micros(0),
    periodMicros: seconds(10),
    timeoutMicros: seconds(timeoutSeconds),
    failureThreshold: 3,
  };
}

const ejection = {
  consecutiveErrors: 5,
  intervalMicros: seconds(10),
  baseEjectionMicros: seconds(30),
  maxEjectionMicros: seconds(300),
  maxEjected: 0.1,
  panicThreshold: 0.5,
};

const retries = {
  max: 2,
  backoffFirstMicros: seconds(0.1),
  backoffLastMicros: seconds(1),
  jitter: 'full',
  budget: 0.1,
  budgetBurst: 10,
} as const;

/** Nodes of so many cores, which their pods share by weight. */
function sharedCores(cores: number): Feature {
  return change(({ nodePools, cluster }) => ({
    nodePools: nodePools.map((pool): NodePoolSpec => ({ ...pool, cores })),
    cluster: { ...cluster, sharesCpu: true },
  }));
}

/** A cache in front of every call. */
function cached(hitRatio: number): Feature {
  return change(({ traffic, workloads }) => {
    const behind = (calls: WorkSpec['calls']): WorkSpec['calls'] =>
      calls.map((group) => group.map((call) => ({ ...call, cache: { hitRatio, warmLookups: 100, shared: true } })));
    return {
      traffic: traffic.map((source) => ({
        ...source,
        classes: source.classes.map((one) => ({ ...one, calls: behind(one.calls) })),
      })),
      workloads: workloads.map((workload) => ({
        ...workload,
        work: { ...workload.work, calls: behind(workload.work.calls) },
      })),
    };
  });
}

const quota = { cores: 4, periodMicros: seconds(0.1) };
const cfs = serving({ discipline: 'cfs', cpuCores: 8, quota, concurrency: Infinity });

/** Requests that take memory, as both worlds of a comparison need them: what they take shows in the metrics. */
export const withMemory: Feature = pods({ memoryPerRequestMiB: 1 });

/** What clients, pods and balancers may do, set so that none of it ever happens. */
const idle: Feature = all(
  client({ timeoutMicros: seconds(HOUR), serverStops: true, retry: retries }),
  pods({
    warmUp: { factor: 1, requests: 100 },
    livenessProbe: probe(HOUR),
    memoryLimitMiB: 1e6,
  }),
);

/**
 * What has a neutral setting, set to it, on the benchmark's day: in two worlds, as balancers do not watch attempts that are under way on a
 * network. What is a choice between kinds (disciplines, connections, several balancers) has none.
 */
export const neutral: Readonly<Record<string, Feature>> = {
  'watching balancers': all(
    idle,
    serving({ maxQueueDelayMicros: seconds(HOUR) }),
    balancer({
      instances: 1,
      slowStart: { windowMicros: micros(1), minWeight: 1, aggression: 1 },
      outlierEjection: ejection,
      circuitBreaker: { maxRequests: 1e9 },
    }),
  ),
  network: all(idle, network(0), balancer({ topology: 'prefer-zone' })),
};

/** The same on the hard day, whose pods run under CFS, call each other and keep connections. */
export const neutralWhenHard: Readonly<Record<string, Feature>> = {
  'nodes never full, caches that hit nothing': all(
    sharedCores(1e6),
    cached(0),
    pods({ warmUp: { factor: 1, requests: 100 }, livenessProbe: probe(HOUR), memoryLimitMiB: 1e6 }),
  ),
  network: all(cached(0), network(0), balancer({ topology: 'prefer-zone' })),
};

/** One feature at a time, in use. */
export const inUse: Readonly<Record<string, Feature>> = {
  'time-outs and retries': client({ timeoutMicros: seconds(1), serverStops: true, retry: retries }),
  'kept connections': all(
    balancer({ per: 'connection', policy: 'least-connections' }),
    client({ connections: { size: 200, maxAgeMicros: seconds(60), maxRequests: null } }),
  ),
  'slow start': balancer({ slowStart: { windowMicros: seconds(30), minWeight: 0.1, aggression: 1 } }),
  'four balancers': balancer({ instances: 4 }),
  'outlier ejection and circuit breaker': balancer({
    outlierEjection: ejection,
    circuitBreaker: { maxRequests: 1000 },
  }),
  'liveness probes': pods({ livenessProbe: probe(1) }),
  'memory limit': pods({ memoryPerRequestMiB: 1, memoryLimitMiB: 400 }),
  'warm-up': pods({ warmUp: { factor: 3, requests: 200 } }),
  'a network of 1 ms': network(1),
  'processor sharing': serving({ discipline: 'processor-sharing', cpuCores: 4, concurrency: Infinity }),
  'CFS with a quota': cfs,
  'CFS, cores of nodes shared': all(cfs, sharedCores(8)),
};
