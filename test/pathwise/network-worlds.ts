import type { FaultSpec, NetworkFault } from '../../src/domain/fault-spec.js';
import type { NetworkSpec } from '../../src/domain/network-spec.js';
import type { NodePoolSpec, WorldSpec } from '../../src/domain/world-spec.js';
import type { Distribution } from '../../src/kernel/distributions.js';
import { micros } from '../../src/kernel/micros.js';
import { planeWorld, podWorkload } from '../sim/requests/plane-world.js';
import type { PathWorld } from './path-world.js';
import {
  bounded,
  callingWorld,
  client,
  end,
  jittered,
  LONG,
  MEAN,
  perConnection,
  serving,
  traffic,
} from './path-worlds.js';

function constant(value: number): Distribution {
  return { kind: 'constant', value };
}

function pool(region: string, zone: string): NodePoolSpec {
  return {
    name: zone,
    instanceType: '',
    count: 1,
    region,
    zone,
    cpuMillis: 1,
    memoryMiB: 1,
    maxPods: 1,
    pricePerHour: 0,
    cpuSpeed: 1,
  };
}

/** Where pods stand in turn. */
export const zones = [pool('r', 'a'), pool('r', 'b'), pool('s', 'c')];

/** Round trips of parts of `unit`, some drawn, one odd; none take time where it is 0. */
export function network(unit: number, loss: number): NetworkSpec {
  return {
    roundTrip: {
      sameZone: constant(unit / 100 + Math.min(1, unit)),
      crossZone: { kind: 'exponential', mean: unit / 10 },
      crossRegion: { kind: 'erlang', k: 3, mean: unit },
      clients: { kind: 'exponential', mean: unit / 2 },
      internet: constant(unit / 5),
    },
    loss,
    prices: null,
  };
}

type Disturbed = Pick<NetworkFault, 'from' | 'to' | 'bothWays' | 'loss'> & { readonly delay: number };

/** Disturbances one after the other, each for a sixth of the run, the first three overlapping. */
export function faults(world: WorldSpec, disturbed: readonly Disturbed[]): FaultSpec[] {
  const length = world.durationMicros / 6;
  return disturbed.map(({ delay, ...fault }, i) => ({
    kind: 'network',
    at: micros(Math.round((i < 3 ? i / 2 : i) * length)),
    durationMicros: micros(Math.round(length)),
    delayMicros: micros(delay),
    ...fault,
  }));
}

/** Clients outside, some of whom time out, over a network that loses messages and is disturbed between them and a zone. */
const outsideWorlds: readonly PathWorld[] = (
  [
    ['fcfs', 'least-connections'],
    ['processor-sharing', 'power-of-two'],
    ['cfs', 'least-connections'],
  ] as const
).flatMap(([discipline, policy]) =>
  (['plain', 'server stops', 'server goes on', 'connections'] as const).map((habit): PathWorld => ({
    name: `network, ${discipline}, ${policy}, ${habit}`,
    make: (requests) => {
      const patient = habit === 'plain';
      const theirs = client(patient ? null : 15 * MEAN, habit !== 'server goes on', patient ? null : jittered(MEAN));
      const connections = { size: 30, maxAgeMicros: micros(900_000), maxRequests: 40 };
      const kept = habit === 'connections' ? { ...theirs, connections } : theirs;
      const places = (discipline === 'fcfs' ? 2.6 : 1.8) * (habit === 'connections' ? 0.6 : 1);
      const source = traffic(requests, { client: kept, mean: MEAN, places });
      const workload = podWorkload(
        'app',
        { count: 6, policy },
        patient ? serving[discipline] : { ...bounded[discipline], patience: { kind: 'exponential', mean: 9 * MEAN } },
      );
      const world = planeWorld({
        seed: 16,
        endMicros: end(source),
        traffic: [source],
        workloads: [habit === 'connections' ? perConnection(workload) : workload],
      });
      const clients = { kind: 'clients' } as const;
      const a = { kind: 'zone', name: 'a' } as const;
      const app = { kind: 'workload', name: 'app' } as const;
      return {
        ...world,
        nodePools: zones,
        network: network(MEAN, 0.02),
        faults: faults({ ...world, durationMicros: micros(source.rates.edgesMicros[1]) }, [
          { from: clients, to: a, bothWays: true, loss: 0, delay: 3 * MEAN + 1 },
          { from: a, to: clients, bothWays: false, loss: 0.3, delay: MEAN },
          { from: clients, to: app, bothWays: false, loss: 0.2, delay: 0 },
          { from: { kind: 'zone', name: 'b' }, to: clients, bothWays: true, loss: 0.9, delay: 0 },
        ]),
      };
    },
  })),
);

/** Chains of calls between zones and regions: parts of the network are slow, lose messages, or let nothing through for a time. */
export function overNetwork(base: PathWorld): PathWorld {
  return {
    name: `network, ${base.name}`,
    make: (requests) => {
      const world = base.make(requests);
      const db = { kind: 'dependency', name: 'db' } as const;
      const shop = { kind: 'workload', name: 'shop' } as const;
      const stock = { kind: 'workload', name: 'stock' } as const;
      return {
        ...world,
        nodePools: zones,
        network: network(LONG / 3, 0.01),
        workloads: world.workloads.map((one) => ({ ...one, balancer: { ...one.balancer, topology: 'prefer-zone' } })),
        dependencies: world.dependencies.map((one) => ({
          ...one,
          place: one.name === 'db' ? { region: 'r', zone: 'b' } : { internet: true },
        })),
        faults: faults(world, [
          { from: shop, to: db, bothWays: true, loss: 0, delay: LONG / 2 },
          { from: stock, to: db, bothWays: false, loss: 0.8, delay: LONG / 9 },
          { from: { kind: 'zone', name: 'a' }, to: { kind: 'zone', name: 'b' }, bothWays: true, loss: 0.5, delay: 7 },
          { from: shop, to: stock, bothWays: true, loss: 1, delay: 0 },
          { from: db, to: shop, bothWays: false, loss: 1, delay: 0 },
        ]),
      };
    },
  };
}

/** Worlds in which messages take time. */
export const networkWorlds: readonly PathWorld[] = [
  ...outsideWorlds,
  overNetwork(callingWorld('fcfs', 'round-robin', true)),
  overNetwork(callingWorld('fcfs', 'power-of-two', false)),
  overNetwork(callingWorld('processor-sharing', 'least-connections', true)),
  overNetwork(callingWorld('processor-sharing', 'random', false)),
  overNetwork(callingWorld('fcfs', 'least-connections', true, 'kept')),
];
