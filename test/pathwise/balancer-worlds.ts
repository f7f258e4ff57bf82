import type { BalancingSpec, OutlierEjectionSpec } from '../../src/domain/balancing-spec.js';
import type { FaultSpec } from '../../src/domain/fault-spec.js';
import type { ClientSpec } from '../../src/domain/traffic-spec.js';
import type { BalancerPolicy, ServingSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { planeWorld, podWorkload } from '../sim/requests/plane-world.js';
import type { PathWorld } from './path-world.js';
import type { NaiveOutcome } from './naive-nouns.js';
import { bounded, client, disciplines, end, jittered, MEAN, PODS, traffic } from './path-worlds.js';

/** A world whose balancers do more than choose. */
export interface BalancerWorld extends PathWorld {
  /** Ends that must occur in it. */
  readonly shows: readonly NaiveOutcome[];
}

interface Kind {
  readonly name: string;
  readonly balancing?: BalancingSpec;
  readonly serving?: Partial<ServingSpec>;
  /** Share of requests that so many pods answer with an error. */
  readonly errors?: { readonly pods: number; readonly share: number };
  readonly client: ClientSpec;
  /** Load, as a factor. */
  readonly load: number;
  readonly shows: readonly NaiveOutcome[];
}

const stops = client(MEAN * 4, true, jittered(MEAN));
const goesOn = client(MEAN * 5, false, jittered(MEAN));
const elsewhere = client(MEAN * 4, true, { ...jittered(MEAN), max: 2, elsewhere: true });

const ejection: OutlierEjectionSpec = {
  consecutiveErrors: 4,
  intervalMicros: micros(50_000),
  baseEjectionMicros: micros(120_000),
  maxEjectionMicros: micros(400_000),
  maxEjected: 0.4,
  panicThreshold: 0.5,
};

const kinds: readonly Kind[] = [
  { name: 'three instances, servers stop', balancing: { instances: 3 }, client: stops, load: 1.2, shows: [] },
  { name: 'three instances, servers go on', balancing: { instances: 3 }, client: goesOn, load: 1.15, shows: [] },
  {
    name: 'ejection',
    balancing: { outlierEjection: ejection },
    errors: { pods: 2, share: 0.7 },
    client: stops,
    load: 0.8,
    shows: ['error', 'timed out'],
  },
  {
    name: 'ejection by three instances in panic, servers go on',
    balancing: { instances: 3, outlierEjection: { ...ejection, maxEjected: 1 } },
    errors: { pods: 4, share: 0.9 },
    client: client(MEAN * 5, false, null),
    load: 0.8,
    shows: ['error'],
  },
  {
    name: 'everybody ejected and no panic',
    balancing: { outlierEjection: { ...ejection, maxEjected: 1, panicThreshold: 0 } },
    errors: { pods: PODS, share: 0.55 },
    client: client(MEAN * 5, true, null),
    load: 0.8,
    shows: ['error', 'rejected'],
  },
  { name: 'retries elsewhere', errors: { pods: 2, share: 0.8 }, client: elsewhere, load: 0.7, shows: ['error'] },
  {
    name: 'circuit breakers of three instances',
    balancing: { instances: 3, circuitBreaker: { maxRequests: 7, maxRetries: 2 } },
    client: goesOn,
    load: 1.1,
    shows: ['circuit open'],
  },
  {
    name: 'load shedding',
    serving: { maxQueueDelayMicros: micros(4_000), queueLimit: Infinity, concurrency: 3 },
    client: client(MEAN * 8, true, null),
    load: 1.15,
    shows: ['shed'],
  },
  {
    name: 'everything',
    balancing: { instances: 2, outlierEjection: ejection, circuitBreaker: { maxRequests: 16, maxRetries: 4 } },
    serving: { maxQueueDelayMicros: micros(9_000), queueLimit: 9, concurrency: 3 },
    errors: { pods: 1, share: 0.5 },
    client: elsewhere,
    load: 1.05,
    shows: ['circuit open', 'shed'],
  },
];

const policies: readonly BalancerPolicy[] = ['round-robin', 'random', 'least-connections', 'power-of-two'];

/** Station x policy x what balancers and pods do. */
export const balancerWorlds: readonly BalancerWorld[] = disciplines.flatMap((discipline) =>
  policies.flatMap((policy) =>
    kinds.map((kind): BalancerWorld => ({
      name: `balancers, ${discipline}, ${policy}, ${kind.name}`,
      shows: kind.shows,
      make: (requests) => worldOf(kind, discipline, policy, requests),
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
  const app = podWorkload('app', { count: PODS, policy }, { ...bounded[discipline], ...kind.serving });
  const world = planeWorld({
    seed: 15,
    endMicros: end(source),
    traffic: [source],
    workloads: [{ ...app, balancer: { ...app.balancer, ...kind.balancing } }],
  });
  return { ...world, faults: faultsOf(kind, world) };
}

function faultsOf({ errors }: Kind, { durationMicros }: WorldSpec): readonly FaultSpec[] {
  if (errors === undefined) return [];
  const { pods, share } = errors;
  return [{ kind: 'answerErrors', workload: 'app', at: micros(0), durationMicros, pods: { count: pods }, share }];
}
