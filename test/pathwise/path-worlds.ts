import type { CacheSpec } from '../../src/domain/cache-spec.js';
import type { CallSpec, ClientSpec, RetrySpec, TrafficSpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { BalancerPolicy, ServingSpec, WorkloadSpec } from '../../src/domain/world-spec.js';
import { micros, type Micros } from '../../src/kernel/micros.js';
import { onlyClass, patientClient, planeWorld, podWorkload, steadyTraffic } from '../sim/requests/plane-world.js';
import type { PathWorld } from './path-world.js';

/** How stations serve. */
export const disciplines = ['fcfs', 'processor-sharing', 'cfs'] as const;
const policies: readonly BalancerPolicy[] = ['round-robin', 'random', 'least-connections', 'power-of-two'];

/** Mean demand in microseconds where nothing else is said, and where every instant is shared by several events. */
export const MEAN = 10_000;
const CROWDED = 25;
/** Pods of a workload. */
export const PODS = 6;
/** Two cores of four in every two and a half mean demands. */
const quota = { cores: 2, periodMicros: micros(MEAN * 2.5) };
const crowdedQuota = { cores: 2, periodMicros: micros(Math.floor(CROWDED * 2.5)) };

export const serving = {
  fcfs: { discipline: 'fcfs', concurrency: 3, queueLimit: Infinity },
  'processor-sharing': { discipline: 'processor-sharing', concurrency: Infinity, cpuCores: 2, queueLimit: Infinity },
  cfs: { discipline: 'cfs', concurrency: Infinity, cpuCores: 4, quota, queueLimit: Infinity },
} as const satisfies Record<string, Partial<ServingSpec>>;

export const bounded = {
  fcfs: { discipline: 'fcfs', concurrency: 3, queueLimit: 8 },
  'processor-sharing': { discipline: 'processor-sharing', concurrency: 7, cpuCores: 2, queueLimit: 4 },
  cfs: { discipline: 'cfs', concurrency: 7, cpuCores: 4, quota, queueLimit: 4 },
} as const satisfies Record<string, Partial<ServingSpec>>;

export function client(timeoutMicros: number | null, serverStops: boolean, retry: RetrySpec | null): ClientSpec {
  return { timeoutMicros: timeoutMicros === null ? null : micros(timeoutMicros), serverStops, retry };
}

/** Up to three retries, spread at random, of a client that leaves in earnest. */
export function jittered(mean: number): RetrySpec {
  return {
    max: 3,
    backoffFirstMicros: micros(mean * 0.4),
    backoffLastMicros: micros(mean * 1.2),
    jitter: 'full',
    budget: null,
    budgetBurst: 0,
  };
}

/** Up to two retries at fixed distances, one for every five requests. */
function budgeted(mean: number): RetrySpec {
  return { ...jittered(mean), max: 2, jitter: 'none', budget: 0.2, budgetBurst: 8 };
}

/** Two classes of requests to all pods at the given utilisation. */
export function traffic(
  requests: number,
  parts: Partial<TrafficSpec> & { readonly places: number; readonly mean: number },
): TrafficSpec {
  const { mean, places, ...rest } = parts;
  const perSecond = (places * PODS * 1e6) / mean;
  const light = {
    ...onlyClass({ cpu: { kind: 'exponential', mean: mean * 0.8 }, wait: null, calls: [] }),
    name: 'light',
    share: 0.75,
  };
  const heavy = {
    ...onlyClass({ cpu: { kind: 'erlang', k: 2, mean }, wait: { kind: 'constant', value: mean * 0.6 }, calls: [] }),
    name: 'heavy',
    share: 0.25,
  };
  const rate = { perSecond, endMicros: (requests / perSecond) * 1e6 };
  return steadyTraffic('web', 'app', rate, { classes: [light, heavy], ...rest });
}

interface Habits {
  readonly name: string;
  readonly client: ClientSpec;
  readonly mean: number;
  /** Mean demands in service at once, per pod. */
  readonly places: { readonly fcfs: number; readonly 'processor-sharing': number; readonly cfs: number };
}

const habits: readonly Habits[] = [
  { name: 'plain', client: patientClient, mean: MEAN, places: { fcfs: 2.6, 'processor-sharing': 1.9, cfs: 1.9 } },
  {
    name: 'server stops',
    client: client(MEAN * 4, true, jittered(MEAN)),
    mean: MEAN,
    places: { fcfs: 2.95, 'processor-sharing': 2.2, cfs: 2.2 },
  },
  {
    name: 'server goes on',
    client: client(MEAN * 5, false, budgeted(MEAN)),
    mean: MEAN,
    places: { fcfs: 2.9, 'processor-sharing': 2.15, cfs: 2.15 },
  },
  {
    name: 'crowded instants',
    client: client(CROWDED * 5, false, budgeted(CROWDED)),
    mean: CROWDED,
    places: { fcfs: 2.9, 'processor-sharing': 2.15, cfs: 2.15 },
  },
];

/** Station x balancer x client: unbounded lines for the plain client, bounded ones for those that time out. */
export const stationWorlds: readonly PathWorld[] = disciplines.flatMap((discipline) =>
  policies.flatMap((policy) =>
    habits.map(({ name, client: theirs, mean, places }): PathWorld => {
      const pod = theirs === patientClient ? serving[discipline] : bounded[discipline];
      return {
        name: `${discipline}, ${policy}, ${name}`,
        make: (requests) => {
          const source = traffic(requests, { client: theirs, mean, places: places[discipline] });
          const crowded = discipline === 'cfs' && mean === CROWDED ? { quota: crowdedQuota } : {};
          const workload = podWorkload('app', { count: PODS, policy }, { ...pod, ...crowded });
          return planeWorld({ seed: 11, endMicros: end(source), traffic: [source], workloads: [workload] });
        },
      };
    }),
  ),
);

/** Impatient queues, a second source to the same pods, and one that arrives at even intervals. */
export const queueWorlds: readonly PathWorld[] = disciplines.map((discipline) => ({
  name: `${discipline}, least-connections, impatient queue, three sources`,
  make: (requests) => {
    const third = { places: 0.8, mean: MEAN };
    const first = traffic(requests / 3, { ...third, client: client(80_000, false, jittered(MEAN)) });
    const second = traffic(requests / 3, { ...third, client: client(60_000, true, null), name: 'mobile' });
    const last = traffic(requests / 3, { ...third, name: 'batch', arrivals: 'uniform' });
    return planeWorld({
      seed: 12,
      endMicros: end(first),
      traffic: [first, second, last],
      workloads: [
        podWorkload(
          'app',
          { count: PODS, policy: 'least-connections' },
          {
            ...bounded[discipline],
            concurrency: discipline === 'fcfs' ? 3 : 4,
            queueLimit: 30,
            patience: { kind: 'exponential', mean: 15_000 },
          },
        ),
      ],
    });
  },
}));

/** Clients that keep connections to a balancer that chooses once for each; two sources, one of which closes by age and number. */
export const connectionWorlds: readonly PathWorld[] = disciplines.flatMap((discipline) =>
  policies.flatMap((policy) =>
    [false, true].map((retries): PathWorld => ({
      name: `connections, ${discipline}, ${policy}, ${retries ? 'time-outs' : 'plain'}`,
      make: (requests) => {
        const habits = retries ? client(MEAN * 4, true, jittered(MEAN)) : patientClient;
        // Unequal shares of connections overload a pod where nobody times out.
        const places = (discipline === 'fcfs' ? 1.2 : 0.9) * (retries ? 1.2 : 0.75);
        const web = { size: 40, maxAgeMicros: micros(700_000), maxRequests: 25 };
        const first = traffic(requests / 2, { places, mean: MEAN, client: { ...habits, connections: web } });
        const mobile = { size: 7, maxAgeMicros: null, maxRequests: 90 };
        const second = traffic(requests / 2, {
          places,
          mean: MEAN,
          name: 'mobile',
          client: { ...habits, connections: mobile },
        });
        const workload = podWorkload(
          'app',
          { count: PODS, policy },
          retries ? bounded[discipline] : serving[discipline],
        );
        return planeWorld({
          seed: 14,
          endMicros: end(first),
          traffic: [first, second],
          workloads: [perConnection(workload)],
        });
      },
    })),
  ),
);

export function perConnection(workload: WorkloadSpec): WorkloadSpec {
  return { ...workload, balancer: { ...workload.balancer, per: 'connection' } };
}

export const LONG = 1e8;

function call(target: string, habits: ClientSpec, probability = 1): CallSpec {
  return { target, probability, client: habits };
}

/**
 * Requests of minutes: at such lengths two completions hardly ever fall on one microsecond, where the order of the calls that follow
 * is nobody's promise.
 */
export function callingWorld(
  discipline: 'fcfs' | 'processor-sharing',
  policy: BalancerPolicy,
  serverStops: boolean,
  more: 'kept' | 'cached' | null = null,
): PathWorld {
  const kept = more === 'kept';
  const cached = (one: CallSpec, cache: CacheSpec): CallSpec => (more === 'cached' ? { ...one, cache } : one);
  return {
    name: `calls${kept ? ' over connections' : ''}${more === 'cached' ? ' behind caches' : ''}, ${discipline}, ${policy}, ${serverStops ? 'servers stop' : 'servers go on'}`,
    make: (requests) => {
      const retry: RetrySpec = {
        max: 2,
        backoffFirstMicros: micros(LONG / 10),
        backoffLastMicros: micros(LONG / 4),
        jitter: 'full',
        budget: 0.5,
        budgetBurst: 5,
      };
      const connections = { size: 3, maxAgeMicros: micros(7 * LONG), maxRequests: 11 };
      const slow = { ...client(2.5 * LONG, serverStops, retry), connections };
      const none = { ...client(null, serverStops, null), connections };
      const shop: WorkSpec = {
        cpu: { kind: 'exponential', mean: 0.2 * LONG },
        wait: null,
        calls: [
          [cached(call('stock', slow), { hitRatio: 0.6, warmLookups: 900, shared: false })],
          [
            cached(call('db', slow), { hitRatio: 0.5, warmLookups: 2000, shared: true }),
            call('stock', none, 0.5),
            call('mail', none, 0.3),
          ],
          [cached(call('db', none, 0.25), { hitRatio: 0.9, warmLookups: 40, shared: false })],
        ],
      };
      const stock: WorkSpec = {
        cpu: { kind: 'erlang', k: 3, mean: 0.3 * LONG },
        wait: { kind: 'exponential', mean: 0.1 * LONG },
        calls: [[call('db', client(1.5 * LONG, serverStops, { ...retry, budget: 0.1 }), 0.8)]],
      };
      const perSecond = (serverStops ? 6 : 4.2) * (1e6 / LONG);
      const source = steadyTraffic(
        'web',
        'shop',
        { perSecond, endMicros: (requests / perSecond) * 1e6 },
        {
          classes: [onlyClass(shop)],
          client: client(6 * LONG, serverStops, { ...retry, max: 1 }),
        },
      );
      const cores = { discipline, cpuCores: 3 } as const;
      const stocked = podWorkload('stock', { count: 2, policy }, { ...cores, concurrency: 4, queueLimit: 10 }, stock);
      return planeWorld({
        seed: 13,
        endMicros: end(source) + 100 * LONG,
        traffic: [source],
        workloads: [
          podWorkload('shop', { count: 3, policy }, { ...cores, concurrency: 8, queueLimit: 20 }, shop),
          kept ? perConnection(stocked) : stocked,
        ],
        dependencies: [
          {
            name: 'db',
            concurrency: 3,
            queueLimit: 12,
            rateLimit: null,
            service: { kind: 'exponential', mean: 0.2 * LONG },
          },
          {
            name: 'mail',
            concurrency: 50,
            queueLimit: 0,
            rateLimit: 1.5 * (1e6 / LONG),
            service: { kind: 'lognormal', mu: 16, sigma: 1 },
          },
        ],
      });
    },
  };
}

/** Chains of calls: in sequence, in parallel, by chance, with a limited database and a rate limit. */
export const callWorlds: readonly PathWorld[] = [
  callingWorld('fcfs', 'round-robin', true),
  callingWorld('fcfs', 'power-of-two', false),
  callingWorld('processor-sharing', 'least-connections', true),
  callingWorld('processor-sharing', 'random', false),
  callingWorld('fcfs', 'least-connections', true, 'kept'),
  callingWorld('processor-sharing', 'power-of-two', false, 'kept'),
  callingWorld('fcfs', 'power-of-two', true, 'cached'),
  callingWorld('processor-sharing', 'random', false, 'cached'),
];

/** A while after the last arrival, so that every request ends. */
export function end(source: TrafficSpec): Micros {
  return micros(source.rates.edgesMicros[source.rates.edgesMicros.length - 1] * 1.05 + 60e6);
}
