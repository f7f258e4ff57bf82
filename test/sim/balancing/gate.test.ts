import { describe, expect, test } from 'vitest';
import type { BalancingSpec } from '../../../src/domain/balancing-spec.js';
import type { ClientSpec, RetrySpec } from '../../../src/domain/traffic-spec.js';
import type { ServingSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { OUTCOME } from '../../../src/sim/requests/outcome.js';
import { productEnds } from '../../pathwise/compare-paths.js';
import {
  onlyClass,
  patientClient,
  planeWorld,
  podWorkload,
  plainWork,
  steadyTraffic,
} from '../requests/plane-world.js';

interface Parts {
  readonly pods: number;
  readonly serving: Partial<ServingSpec>;
  readonly cpuMs: number;
  /** Requests, one every so many milliseconds, the first after half of that. */
  readonly everyMs: number;
  readonly count: number;
  readonly balancing?: BalancingSpec;
  readonly client?: Partial<ClientSpec>;
  /** The first pods answer everything with an error. */
  readonly bad?: number;
}

function worldOf({ pods, serving, cpuMs, everyMs, count, balancing, client, bad = 0 }: Parts): WorldSpec {
  const app = podWorkload('app', { count: pods, policy: 'round-robin' }, serving);
  const rate = { perSecond: 1000 / everyMs, endMicros: count * everyMs * 1000 };
  const traffic = steadyTraffic('web', 'app', rate, {
    classes: [onlyClass(plainWork(cpuMs * 1000))],
    arrivals: 'uniform',
    client: { ...patientClient, ...client },
  });
  const workloads = [{ ...app, balancer: { ...app.balancer, ...balancing } }];
  const world = planeWorld({ seed: 8, endMicros: 100e6, traffic: [traffic], workloads });
  const fault = { kind: 'answerErrors', at: micros(0), durationMicros: world.durationMicros, workload: 'app' } as const;
  return bad === 0 ? world : { ...world, faults: [{ ...fault, pods: { count: bad }, share: 1 }] };
}

/** Each request's end: its outcome's name and the millisecond. */
function ends(parts: Parts): string[] {
  const [all] = productEnds(worldOf(parts));
  const names = Object.keys(OUTCOME) as (keyof typeof OUTCOME)[];
  return [...all]
    .sort(([one], [other]) => one - other)
    .map(([, { outcome, at }]) => `${names.find((name) => OUTCOME[name] === outcome) ?? '-'} ${Math.round(at / 1000)}`);
}

const atOnce: RetrySpec = {
  max: 1,
  backoffFirstMicros: micros(0),
  backoffLastMicros: micros(0),
  jitter: 'none',
  budget: null,
  budgetBurst: 0,
};

describe('load shedding by the age of the queue', () => {
  // One worker, 40 ms each, a request every 10 ms from 5 ms on; nobody may wait behind a head older than 25 ms.
  const pod = { pods: 1, cpuMs: 40, everyMs: 10, count: 8 };
  // Who came at 5 is served until 45. Then 15 is served and 25 heads the line, 20 old: 45 is let in. It is 30, 40 and 50 old at 55, 65 and 75.
  const expected = [
    'served 45',
    'served 85',
    'served 125',
    'served 165',
    'served 205',
    'shed 55',
    'shed 65',
    'shed 75',
  ];

  test('fcfs: refused at the door while the head is too old; who waits already is served', () => {
    expect(ends({ ...pod, serving: { concurrency: 1, maxQueueDelayMicros: micros(25_000) } })).toEqual(expected);
  });

  test.each(['processor-sharing', 'cfs'] as const)('%s: the same with one place', (discipline) => {
    const serving = { discipline, concurrency: 1, cpuCores: 1, maxQueueDelayMicros: micros(25_000) };
    expect(ends({ ...pod, serving })).toEqual(expected);
  });

  test('a head exactly as old as allowed refuses nobody', () => {
    const serving = { concurrency: 1, maxQueueDelayMicros: micros(30_000) };
    expect(ends({ ...pod, serving }).slice(5, 7)).toEqual(['served 245', 'shed 65']);
  });
});

describe('the circuit breaker', () => {
  const busy = { pods: 2, serving: { concurrency: 10 }, cpuMs: 35, everyMs: 10, count: 6 };

  test('lets so many through at once, whatever pods they are at; more fail at once', () => {
    // On board since 5, 15; those of 25 and 35 find two. At 40 the first has left.
    expect(ends({ ...busy, balancing: { circuitBreaker: { maxRequests: 2 } } })).toEqual([
      'served 40',
      'served 50',
      'circuitOpen 25',
      'circuitOpen 35',
      'served 80',
      'served 90',
    ]);
  });

  test('goes on counting an attempt whose client has gone until the pod lets go of it', () => {
    const impatient = { timeoutMicros: micros(12_000) };
    const run = (serverStops: boolean) =>
      ends({ ...busy, balancing: { circuitBreaker: { maxRequests: 2 } }, client: { ...impatient, serverStops } });
    expect(run(false).map((end) => end.split(' ')[0])).toEqual([
      ...['timedOut', 'timedOut', 'circuitOpen', 'circuitOpen', 'timedOut', 'timedOut'],
    ]);
    expect(new Set(run(true).map((end) => end.split(' ')[0]))).toEqual(new Set(['timedOut']));
  });

  test('bounds retries apart from first attempts', () => {
    const client = { timeoutMicros: micros(15_000), serverStops: true, retry: atOnce };
    const balancing = { circuitBreaker: { maxRequests: 100, maxRetries: 1 } };
    // The first tries again at 20 and holds the one retry until 35; the second would at 30. The third does at 40, the fourth would at 50.
    expect(ends({ ...busy, client, balancing }).map((end) => end.split(' ')[0])).toEqual([
      ...['timedOut', 'circuitOpen', 'timedOut', 'circuitOpen', 'timedOut', 'circuitOpen'],
    ]);
  });
});

describe('a pod that answers errors', () => {
  const plain = { pods: 3, serving: { concurrency: 10 }, cpuMs: 4, everyMs: 10, count: 9, bad: 1 };

  test('does so at once and without work; in turn a third of the requests meets it', () => {
    const expected = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) =>
      i % 3 === 0 ? `errored ${10 * i + 5}` : `served ${10 * i + 9}`,
    );
    expect(ends(plain)).toEqual(expected);
  });

  test('is ejected after five errors: of nineteen requests in turn, those from the sixteenth on go elsewhere', () => {
    const balancing = {
      outlierEjection: {
        consecutiveErrors: 5,
        intervalMicros: micros(10e6),
        baseEjectionMicros: micros(30e6),
        maxEjectionMicros: micros(300e6),
        maxEjected: 0.1,
        panicThreshold: 0.5,
      },
    };
    const failed = (parts: Parts) => ends(parts).flatMap((end, i) => (end.startsWith('errored') ? [i] : []));
    expect(failed({ ...plain, count: 60, balancing })).toEqual([0, 3, 6, 9, 12]);
    expect(failed({ ...plain, count: 60 })).toHaveLength(20);
  });
});

describe('a retry elsewhere', () => {
  const lone = { pods: 2, serving: { concurrency: 10 }, cpuMs: 4, everyMs: 10, count: 6, bad: 1 };

  test('is chosen again where the choice is a pod that has failed it', () => {
    // In turn the retry meets the other pod anyway, and the next request, in its turn, the bad one again.
    const run = (elsewhere: boolean, bad: number, pods: number) =>
      ends({ ...lone, bad, pods, client: { retry: { ...atOnce, elsewhere } } });
    expect(run(true, 1, 2)).toEqual([0, 1, 2, 3, 4, 5].map((i) => `served ${10 * i + 9}`));
    // Where there is but one pod, three further choices find it as well, and the attempt takes it.
    expect(run(true, 1, 1)).toEqual([0, 1, 2, 3, 4, 5].map((i) => `errored ${10 * i + 5}`));
  });

  test('by chance among two, one in 2^4 meets the bad pod four times more; without it, every second retry does', () => {
    const many = worldOf({ ...lone, count: 20_000, everyMs: 1, cpuMs: 1 });
    const share = (elsewhere: boolean): number => {
      const [app] = many.workloads;
      const [source] = many.traffic;
      const client = { ...source.client, retry: { ...atOnce, elsewhere } };
      const world = {
        ...many,
        traffic: [{ ...source, client }],
        workloads: [{ ...app, balancer: { ...app.balancer, policy: 'random' as const } }],
      };
      const [all] = productEnds(world);
      return [...all.values()].filter(({ outcome }) => outcome === OUTCOME.errored).length / all.size;
    };
    expect(Math.abs(share(false) - 1 / 4)).toBeLessThan(0.01);
    expect(Math.abs(share(true) - 1 / 32)).toBeLessThan(0.004);
  });

  test('a call whose first attempt met an open circuit begins with no pods tried', () => {
    // One pod, both requests' first attempts at a full breaker: their retries are refused by it again and never get round it.
    const parts = {
      ...lone,
      pods: 1,
      bad: 0,
      cpuMs: 200,
      balancing: { circuitBreaker: { maxRequests: 1 } },
      client: { retry: { ...atOnce, max: 2, elsewhere: true } },
    };
    expect(ends(parts)).toEqual(['served 205', ...[15, 25, 35, 45, 55].map((at) => `circuitOpen ${at}`)]);
  });
});
