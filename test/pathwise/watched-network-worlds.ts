import type { BalancingSpec, OutlierEjectionSpec } from '../../src/domain/balancing-spec.js';
import type { CallSpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { WorkloadSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { balancerWorlds } from './balancer-worlds.js';
import { changingWorlds } from './changing-worlds.js';
import { faults, network, overNetwork, zones } from './network-worlds.js';
import type { PathWorld } from './path-world.js';
import { callingWorld, LONG, MEAN } from './path-worlds.js';

const clients = { kind: 'clients' } as const;
const app = { kind: 'workload', name: 'app' } as const;
const inZone = (name: string) => ({ kind: 'zone', name }) as const;

/** A world of `app` and clients outside whose messages take time, get lost, and are disturbed between the balancer and some pods. */
function apart(base: PathWorld): PathWorld {
  return {
    ...base,
    name: `network, ${base.name}`,
    make: (requests) => {
      const world = base.make(requests);
      const length = micros(world.traffic[0].rates.edgesMicros[1]);
      const disturbed = faults({ ...world, durationMicros: length }, [
        { from: clients, to: inZone('a'), bothWays: true, loss: 0, delay: 2 * MEAN + 1 },
        { from: inZone('a'), to: clients, bothWays: false, loss: 0.3, delay: MEAN },
        { from: clients, to: app, bothWays: false, loss: 0.2, delay: 0 },
        { from: inZone('b'), to: clients, bothWays: true, loss: 0.9, delay: 0 },
      ]);
      return {
        ...world,
        nodePools: zones,
        network: network(MEAN, 0.01),
        faults: [...world.faults, ...disturbed],
      };
    },
  };
}

const pairs = /fcfs, least|processor-sharing, power|cfs, round|fcfs, random/;

/** Clients outside, balancers that watch, and a network between them and the pods. */
export const watchedOutside: readonly PathWorld[] = balancerWorlds.filter(({ name }) => pairs.test(name)).map(apart);

/** Pods that come, go and die in different zones. */
export const changingApart: readonly PathWorld[] = changingWorlds
  .filter(({ name }) => pairs.test(name) && /slow start|instances|connection/.test(name))
  .map(apart);

const ejection: OutlierEjectionSpec = {
  consecutiveErrors: 3,
  intervalMicros: micros(LONG / 3 + 1),
  baseEjectionMicros: micros(LONG),
  maxEjectionMicros: micros(4 * LONG),
  maxEjected: 0.6,
  panicThreshold: 0.3,
};

interface Watching {
  readonly name: string;
  readonly balancing: BalancingSpec;
  readonly elsewhere?: true;
  readonly shedAfterMicros?: number;
}

const watching: readonly Watching[] = [
  { name: 'ejection', balancing: { outlierEjection: ejection } },
  { name: 'circuit breaker', balancing: { circuitBreaker: { maxRequests: 7, maxRetries: 1 } } },
  {
    name: 'everything, elsewhere',
    balancing: { instances: 2, outlierEjection: ejection, circuitBreaker: { maxRequests: 12, maxRetries: 2 } },
    elsewhere: true,
    shedAfterMicros: LONG / 2,
  },
];

function tryElsewhere(work: WorkSpec): WorkSpec {
  const turned = (call: CallSpec): CallSpec => {
    const { retry } = call.client;
    return retry === null ? call : { ...call, client: { ...call.client, retry: { ...retry, elsewhere: true } } };
  };
  return { ...work, calls: work.calls.map((group) => group.map(turned)) };
}

function watched(world: WorldSpec, { balancing, elsewhere, shedAfterMicros }: Watching): WorldSpec {
  const balanced = (one: WorkloadSpec): WorkloadSpec => {
    const work = elsewhere === undefined ? one.work : tryElsewhere(one.work);
    if (one.name !== 'stock') return { ...one, work };
    const serving =
      shedAfterMicros === undefined
        ? one.pod.serving
        : { ...one.pod.serving, maxQueueDelayMicros: micros(shedAfterMicros) };
    return {
      ...one,
      work,
      initialReplicas: 5,
      pod: { ...one.pod, serving },
      balancer: { ...one.balancer, ...balancing },
    };
  };
  return {
    ...world,
    workloads: world.workloads.map(balanced),
    traffic: world.traffic.map((source) => ({
      ...source,
      classes: source.classes.map((one) => (elsewhere === undefined ? one : { ...one, ...tryElsewhere(one) })),
    })),
  };
}

function watchedCalls(base: PathWorld, how: Watching): PathWorld {
  return {
    name: `${base.name}, ${how.name}`,
    make: (requests) => watched(base.make(requests), how),
  };
}

/** Chains of calls between zones through balancers beside the callers that watch. */
export const watchedInside: readonly PathWorld[] = watching.flatMap((how) =>
  [
    callingWorld('fcfs', 'round-robin', true),
    callingWorld('fcfs', 'power-of-two', false),
    callingWorld('processor-sharing', 'least-connections', true),
    callingWorld('processor-sharing', 'random', false),
  ].map((base) => watchedCalls(overNetwork(base), how)),
);

/** Balancers that watch, and messages that take time. */
export const watchedNetworkWorlds: readonly PathWorld[] = [...watchedOutside, ...changingApart, ...watchedInside];
