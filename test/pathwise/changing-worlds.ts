import type { BalancingSpec } from '../../src/domain/balancing-spec.js';
import type { ClientSpec } from '../../src/domain/traffic-spec.js';
import type { BalancerPolicy, BalancerSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { patientClient, planeWorld, podWorkload } from '../sim/requests/plane-world.js';
import type { EndpointChange } from './naive-pods.js';
import type { PathWorld } from './path-world.js';
import {
  bounded,
  client,
  disciplines,
  end,
  jittered,
  MEAN,
  perConnection,
  PODS,
  serving,
  traffic,
} from './path-worlds.js';

interface Kind {
  readonly name: string;
  readonly balancing?: BalancingSpec;
  readonly per?: BalancerSpec['per'];
  readonly client: ClientSpec;
  readonly load: number;
}

const window = micros(400_000);
const slowStart = { windowMicros: window, minWeight: 0.1, aggression: 1 };
const outlierEjection = {
  consecutiveErrors: 3,
  intervalMicros: micros(50_000),
  baseEjectionMicros: micros(120_000),
  maxEjectionMicros: micros(400_000),
  maxEjected: 0.4,
  panicThreshold: 0.5,
};
const stops = client(MEAN * 5, true, jittered(MEAN));
const kept = { size: 30, maxAgeMicros: micros(500_000), maxRequests: 60 };

const kinds: readonly Kind[] = [
  { name: 'plain', client: patientClient, load: 0.88 },
  { name: 'time-outs', client: stops, load: 1.3 },
  { name: 'slow start', balancing: { slowStart }, client: patientClient, load: 0.88 },
  {
    name: 'slow start that is fast at first, time-outs',
    balancing: { slowStart: { windowMicros: micros(window * 2), minWeight: 0.02, aggression: 2.5 } },
    client: stops,
    load: 1.3,
  },
  {
    name: 'slow start, three instances that eject',
    balancing: { slowStart, instances: 3, outlierEjection },
    client: client(MEAN * 5, true, { ...jittered(MEAN), max: 1 }),
    load: 1.25,
  },
  {
    name: 'three instances per connection',
    balancing: { instances: 3 },
    per: 'connection',
    client: { ...patientClient, connections: kept },
    load: 0.6,
  },
  {
    name: 'slow start, two instances per connection, time-outs',
    balancing: { slowStart, instances: 2 },
    per: 'connection',
    client: { ...stops, connections: { ...kept, size: 60 } },
    load: 1.1,
  },
];

const policies: readonly BalancerPolicy[] = ['round-robin', 'random', 'least-connections', 'power-of-two'];

/** Station x policy x what balancers do about pods that come, go, come back and die. */
export const changingWorlds: readonly PathWorld[] = disciplines.flatMap((discipline) =>
  policies.flatMap((policy) =>
    kinds.map((kind): PathWorld => ({
      name: `changing, ${discipline}, ${policy}, ${kind.name}`,
      make: (requests) => worldOf(kind, discipline, policy, requests),
      changes: comingAndGoing,
    })),
  ),
);

function worldOf(
  kind: Kind,
  discipline: (typeof disciplines)[number],
  policy: BalancerPolicy,
  requests: number,
): WorldSpec {
  const places = (discipline === 'fcfs' ? 2.7 : 1.9) * kind.load;
  const source = traffic(requests, { client: kind.client, mean: MEAN, places });
  const pod = kind.client.timeoutMicros === null ? serving[discipline] : bounded[discipline];
  const app = podWorkload('app', { count: PODS, policy }, pod);
  const balanced = { ...app, balancer: { ...app.balancer, ...kind.balancing } };
  const workloads = [kind.per === 'connection' ? perConnection(balanced) : balanced];
  return planeWorld({ seed: 16, endMicros: end(source), traffic: [source], workloads });
}

/**
 * Two more pods; another, and one leaves; one dies, which shows a little later; the one that left is back; two leave, of which one dies at
 * once; nobody is there for a moment; all are back, and two more.
 */
export function comingAndGoing({ traffic: [first] }: WorldSpec): EndpointChange[] {
  const { edgesMicros } = first.rates;
  const length = edgesMicros[edgesMicros.length - 1];
  const change = (part: number, pods: readonly number[], dies?: readonly number[]): EndpointChange => ({
    ...{ at: Math.round(part * length), workload: 'app', pods },
    ...(dies === undefined ? {} : { dies }),
  });
  return [
    change(0.15, [0, 1, 2, 3, 4, 5, 6, 7]),
    change(0.3, [0, 2, 3, 4, 5, 6, 7, 8]),
    change(0.45, [0, 2, 3, 4, 5, 6, 7, 8], [3]),
    change(0.455, [0, 2, 4, 5, 6, 7, 8]),
    change(0.6, [1, 0, 2, 4, 5, 6, 7, 8]),
    change(0.75, [1, 0, 4, 5, 6, 7], [8]),
    change(0.88, []),
    change(0.883, [1, 0, 4, 5, 6, 7, 9, 10]),
  ];
}
