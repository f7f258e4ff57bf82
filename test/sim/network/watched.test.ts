import { describe, expect, test } from 'vitest';
import type { BalancingSpec } from '../../../src/domain/balancing-spec.js';
import type { ClientSpec } from '../../../src/domain/traffic-spec.js';
import type { BalancerPolicy, WorkloadSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { OUTCOME } from '../../../src/sim/requests/outcome.js';
import { onlyClass, plainWork, podWorkload, steadyTraffic } from '../requests/plane-world.js';
import { disturbed, network, NetworkRun, tickingWorld, zone } from './network-world.js';

const STOCK_MICROS = 1_000;
const stops: ClientSpec = { timeoutMicros: micros(50_000), serverStops: true, retry: null };
const here = { kind: 'zone', name: 'a' } as const;
const there = { kind: 'zone', name: 'b' } as const;

const ejection = {
  consecutiveErrors: 2,
  intervalMicros: micros(5e6),
  baseEjectionMicros: micros(20e6),
  maxEjectionMicros: micros(300e6),
  maxEjected: 0.5,
  panicThreshold: 0.3,
};

interface Parts {
  readonly client?: ClientSpec;
  readonly policy?: BalancerPolicy;
  readonly balancing?: BalancingSpec;
}

/** One request a second for ten minutes to app in zone a, which calls one of two pods of stock in a and two in b; cut off from each other from 100 s to 200 s. */
function cutOff({ client = stops, policy, balancing }: Parts): WorldSpec {
  const work = { ...plainWork(10), calls: [[{ target: 'stock', probability: 1, client }]] };
  const stock = podWorkload('stock', { count: 4, policy }, {}, plainWork(STOCK_MICROS));
  return tickingWorld(work, {
    count: 600,
    workloads: [
      podWorkload('app', { count: 1 }, {}, work),
      { ...stock, balancer: { ...stock.balancer, ...balancing } },
    ],
    network: network({ crossZone: 2, sameZone: 1 }),
    faults: [disturbed([100, 200], { from: here, to: there, bothWays: true, loss: 1 })],
  });
}

const places = { app: [zone('a')], stock: [zone('a'), zone('a'), zone('b'), zone('b')] };

function failed(run: NetworkRun): number {
  return run.ends().filter(({ outcome }) => outcome !== OUTCOME.served).length;
}

function served(run: NetworkRun): number[] {
  return run.pods.get('stock')!.map((pod) => pod.cpuMicros() / STOCK_MICROS);
}

/** A column of the only workload that is watched, by step. */
function column(run: NetworkRun, name: string): number[] {
  const table = run.plane.tables().find(({ columns }) => Object.hasOwn(columns, name))!;
  return [...table.columns[name]];
}

describe('pods of a zone that is cut off', () => {
  test('are tried all the time by balancers that do not watch: half of the requests fail', () => {
    expect(failed(new NetworkRun(cutOff({}), places).to(700))).toBe(50);
  });

  test('are ejected by balancers of the other zone after two time-outs each, tried again now and then, and back for good when the way is free', () => {
    const run = new NetworkRun(cutOff({ balancing: { outlierEjection: ejection } }), places);
    for (let second = 1; second <= 700; second += 1) run.to(second);
    const out = column(run, 'ejected');
    expect(failed(run)).toBe(12);
    expect(Math.max(...out.slice(0, 100))).toBe(0);
    expect(out.slice(109, 129).every((pods) => pods === 2)).toBe(true);
    expect(out.slice(100, 200)).toContain(0);
    expect(Math.max(...out.slice(240))).toBe(0);
    expect(column(run, 'ejections').reduce((sum, ejections) => sum + ejections, 0)).toBe(6);
    const [, , third, fourth] = served(run);
    expect(third + fourth).toBeGreaterThan(2 * 120);
  });

  test('are held against nobody where clients outside lose what the balancer has had from the pod in time', () => {
    const world = tickingWorld(plainWork(1_000), {
      count: 300,
      client: stops,
      workloads: [watching({ outlierEjection: { ...ejection, consecutiveErrors: 1 } })],
      network: network({ clients: 20 }, 0.3),
    });
    const run = new NetworkRun(world).to(2000);
    expect(run.ends().filter(({ outcome }) => outcome === OUTCOME.timedOut).length).toBeGreaterThan(100);
    expect(column(run, 'ejections')).toEqual([0]);
  });

  test('that answer too slowly are ejected by a balancer outside, which waits as long as its clients from when they have met it', () => {
    const slow = (milliseconds: number): number => {
      const world = tickingWorld(plainWork(milliseconds * 1e3), {
        count: 10,
        client: stops,
        workloads: [watching({ outlierEjection: { ...ejection, consecutiveErrors: 1 } })],
        network: network({ clients: 20 }),
      });
      return column(new NetworkRun(world).to(2000), 'ejections')[0];
    };
    expect(slow(49)).toBe(0);
    expect(slow(51)).toBeGreaterThan(0);
  });
});

function watching(balancing: BalancingSpec): WorkloadSpec {
  const app = podWorkload('app', { count: 4 }, {}, plainWork(1_000));
  return { ...app, balancer: { ...app.balancer, ...balancing } };
}

/** A call every 10 ms from zone a to a pod in a and one in b, 80 ms there and back; each takes 1 ms. */
function steadyCalls({ client = stops, policy, balancing }: Parts): NetworkRun {
  const patient = { ...client, timeoutMicros: null };
  const work = { ...plainWork(10), calls: [[{ target: 'stock', probability: 1, client: patient }]] };
  const stock = podWorkload('stock', { count: 2, policy }, {}, plainWork(STOCK_MICROS));
  const traffic = steadyTraffic(
    'web',
    'app',
    { perSecond: 100, endMicros: 10e6 },
    { classes: [onlyClass(work)], arrivals: 'uniform' },
  );
  const world = tickingWorld(work, {
    traffic: [traffic],
    workloads: [
      podWorkload('app', { count: 1 }, {}, work),
      { ...stock, balancer: { ...stock.balancer, ...balancing } },
    ],
    network: network({ crossZone: 80, sameZone: 1 }),
  });
  return new NetworkRun(world, { app: [zone('a')], stock: [zone('a'), zone('b')] }).to(20);
}

describe('what balancers count in flight', () => {
  test('is what they have sent, not what is on board: of ten calls in 100 ms every other takes 81, so a circuit breaker of 4 refuses two', () => {
    const run = steadyCalls({ balancing: { circuitBreaker: { maxRequests: 4 } } });
    expect(column(run, 'circuitOpen')[0]).toBe(200);
    expect(failed(run)).toBe(200);
  });

  test('keeps calls near: between two pods that are mostly idle, the one with fewer in flight is the one that answers sooner', () => {
    const run = steadyCalls({ policy: 'least-connections' });
    const [near, far] = served(run);
    expect(near + far).toBe(1000);
    // One call in nine goes far: it is in flight for 81 ms, and the other pod is free again at each of the eight that come meanwhile.
    expect(far).toBe(111);
  });
});
