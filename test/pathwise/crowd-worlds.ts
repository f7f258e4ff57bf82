import type { ClientSpec, TrafficSpec } from '../../src/domain/traffic-spec.js';
import type { BalancerSpec, WorldSpec } from '../../src/domain/world-spec.js';
import type { Distribution } from '../../src/kernel/distributions.js';
import { micros } from '../../src/kernel/micros.js';
import { patientClient, planeWorld, podWorkload } from '../sim/requests/plane-world.js';
import { comingAndGoing } from './changing-worlds.js';
import type { PathWorld } from './path-world.js';
import {
  bounded,
  callingWorld,
  client,
  disciplines,
  end,
  jittered,
  LONG,
  MEAN,
  perConnection,
  PODS,
  serving,
  traffic,
} from './path-worlds.js';

interface Crowd {
  readonly users: number;
  readonly thinkTime: Distribution;
  readonly client: ClientSpec;
  readonly name?: string;
}

interface Kind {
  readonly name: string;
  readonly client: ClientSpec;
  readonly users: number;
  readonly more?: {
    /** Users by schedule, a second crowd, and an open source beside. */
    readonly comeAndGo?: true;
    /** Pods that come and go. */
    readonly podsChange?: true;
    readonly balancer?: Partial<BalancerSpec>;
  };
}

/** Mean time that users think where nothing else is said. */
const THINK = MEAN * 2;
const stops = client(MEAN * 5, true, jittered(MEAN));
const goesOn = client(MEAN * 4, false, { ...jittered(MEAN), jitter: 'none', budget: 0.2, budgetBurst: 8 });
const kept = { size: 20, maxAgeMicros: micros(500_000), maxRequests: 60 };

const kinds: readonly Kind[] = [
  { name: 'plain', client: patientClient, users: 55 },
  { name: 'servers stop', client: stops, users: 130 },
  { name: 'servers go on', client: goesOn, users: 110 },
  { name: 'users come and go', client: stops, users: 95, more: { comeAndGo: true } },
  {
    name: 'pods come and go',
    client: patientClient,
    users: 50,
    more: { podsChange: true },
  },
  {
    name: 'users and pods come and go',
    client: stops,
    users: 95,
    more: { comeAndGo: true, podsChange: true },
  },
  {
    name: 'circuit breaker of two instances',
    client: client(MEAN * 5, true, null),
    users: 70,
    more: { balancer: { instances: 2, circuitBreaker: { maxRequests: 22 } } },
  },
  {
    name: 'kept connections',
    client: { ...stops, connections: kept },
    users: 90,
    more: { balancer: { per: 'connection' } },
  },
];

/** Station x what users and those who serve them do; users of two classes. */
export const crowdWorlds: readonly PathWorld[] = [
  ...disciplines.flatMap((discipline) =>
    kinds.map((kind): PathWorld => ({
      name: `users, ${discipline}, ${kind.name}`,
      make: (requests) => worldOf(kind, discipline, requests),
      ...(kind.more?.podsChange === undefined ? {} : { changes: comingAndGoing }),
    })),
  ),
  callingCrowd('fcfs', true),
  callingCrowd('processor-sharing', false),
];

function worldOf(
  { client: theirs, users, more = {} }: Kind,
  discipline: keyof typeof serving,
  requests: number,
): WorldSpec {
  const thinkTime = { kind: 'exponential', mean: THINK } as const;
  const pod = theirs.timeoutMicros === null ? serving[discipline] : bounded[discipline];
  const app = podWorkload('app', { count: PODS, policy: 'power-of-two' }, pod);
  const balanced = { ...app, balancer: { ...app.balancer, ...more.balancer } };
  const first = crowd(requests, {
    users: Math.round(discipline === 'fcfs' ? users : users * 0.75),
    thinkTime,
    client: theirs,
  });
  const sources = more.comeAndGo === undefined ? [first] : comingAndLeaving(requests, first);
  return planeWorld({
    seed: 17,
    endMicros: end(first),
    traffic: sources,
    workloads: [theirs.connections === undefined ? balanced : perConnection(balanced)],
  });
}

/** So many users who make about so many requests in all, and leave. */
function crowd(requests: number, { users, thinkTime, client: theirs, name }: Crowd): TrafficSpec {
  const length = (requests * (THINK + MEAN)) / users;
  const open = traffic(requests, { client: theirs, mean: MEAN, places: 1, ...(name === undefined ? {} : { name }) });
  return {
    ...open,
    rates: { edgesMicros: Float64Array.of(0, length), ratePerSecond: Float64Array.of(0) },
    users: { edgesMicros: Float64Array.of(0, length), counts: Float64Array.of(users, 0), thinkTime },
  };
}

/** The same crowd by schedule, others who think at random or not at all, and requests that come by themselves. */
function comingAndLeaving(requests: number, first: TrafficSpec): TrafficSpec[] {
  const { users } = first;
  const length = first.rates.edgesMicros[1];
  const most = users!.counts[0];
  const edgesMicros = Float64Array.from([0, 0.2, 0.21, 0.4, 0.6, 0.601, 0.8, 1], (part) => Math.round(part * length));
  const counts = Float64Array.from([0.5, 1, 0.3, 1.3, 0, 1, 0.7, 0], (part) => Math.round(part * most));
  const thinkTime = { kind: 'constant', value: 0.4 } as const;
  const eager = crowd(requests / 4, { users: 3, thinkTime, client: client(MEAN, true, null), name: 'robots' });
  const open = traffic(requests / 5, { client: first.client, mean: MEAN, places: 0.4, name: 'open' });
  return [{ ...first, users: { ...users!, edgesMicros, counts } }, eager, open];
}

/** Users whose requests call others and are minutes long. */
function callingCrowd(discipline: 'fcfs' | 'processor-sharing', serverStops: boolean): PathWorld {
  const { name, make } = callingWorld(discipline, 'least-connections', serverStops);
  return {
    name: `users, ${name}`,
    make: (requests) => {
      const world = make(requests);
      const [source] = world.traffic;
      const users = {
        edgesMicros: Float64Array.of(0, LONG * 50),
        counts: Float64Array.of(20, 30),
        thinkTime: { kind: 'erlang', k: 2, mean: LONG * 3 } as const,
      };
      const { edgesMicros } = source.rates;
      return { ...world, traffic: [{ ...source, users, rates: { edgesMicros, ratePerSecond: Float64Array.of(0) } }] };
    },
  };
}
