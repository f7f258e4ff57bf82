import { describe, expect, test } from 'vitest';
import type { ClientSpec, WorkSpec } from '../../../src/domain/traffic-spec.js';
import type { WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { OUTCOME } from '../../../src/sim/requests/outcome.js';
import { patientClient, plainWork, podWorkload } from '../requests/plane-world.js';
import { disturbed, network, NetworkRun, tickingWorld } from './network-world.js';

const app = { kind: 'workload', name: 'app' } as const;
const clients = { kind: 'clients' } as const;
const serving5Ms = plainWork(5_000);

function calling(cpuMicros: number, target: string, client: ClientSpec = patientClient): WorkSpec {
  return { ...plainWork(cpuMicros), calls: [[{ target, probability: 1, client }]] };
}

function timeout(milliseconds: number, serverStops: boolean): ClientSpec {
  return { timeoutMicros: micros(milliseconds * 1e3), serverStops, retry: null };
}

/** app -> stock -> db, each in a place of its own. */
function threeHops(parts: Partial<WorldSpec>): WorldSpec {
  const app = calling(5_000, 'stock');
  const stock = calling(3_000, 'db');
  return tickingWorld(app, {
    workloads: [podWorkload('app', { count: 1 }, {}, app), podWorkload('stock', { count: 1 }, {}, stock)],
    dependencies: [
      {
        name: 'db',
        concurrency: 1,
        queueLimit: Infinity,
        rateLimit: null,
        service: { kind: 'constant', value: 2_000 },
        place: { region: 's', zone: 'c' },
      },
    ],
    ...parts,
  });
}

const apart = { app: [{ region: 'r', zone: 'a' }], stock: [{ region: 'r', zone: 'b' }] };

describe('round trips', () => {
  test('of three hops add up: 20 + 5 + 1 + 3 + 60 + 2 ms, an odd microsecond included', () => {
    const spec = network({ clients: 20, crossZone: 1.001, crossRegion: 60, sameZone: 0.2 });
    const run = new NetworkRun(threeHops({ network: spec }), apart).to(10);
    expect(run.latencies()).toEqual([91.001, 91.001, 91.001, 91.001, 91.001]);
  });

  test('within a zone are short, and whatever has no place is near', () => {
    const spec = network({ clients: 20, crossZone: 1, crossRegion: 60, sameZone: 0.2 });
    const near = { app: [{ region: 's', zone: 'c' }], stock: [{ region: 's', zone: 'c' }] };
    expect(new NetworkRun(threeHops({ network: spec }), near).to(10).latencies()[0]).toBe(30.4);
    expect(new NetworkRun(threeHops({ network: spec })).to(10).latencies()[0]).toBe(30.4);
  });

  test('are within the time-out of a caller: 25 ms are enough for 20 ms there and back and 5 ms of work, a microsecond less is not', () => {
    const spec = { network: network({ clients: 20 }) };
    const enough = new NetworkRun(tickingWorld(serving5Ms, { ...spec, client: timeout(25, true) })).to(10);
    expect(enough.ends()[0]).toEqual({ outcome: OUTCOME.served, latencyMs: 25 });
    const short = new NetworkRun(tickingWorld(serving5Ms, { ...spec, client: timeout(24.999, true) })).to(10);
    expect(short.ends()[0]).toEqual({ outcome: OUTCOME.timedOut, latencyMs: 24.999 });
  });

  test('a server stops half a round trip after its caller has given up: it has worked from 10 to 60 ms', () => {
    const world = (serverStops: boolean): WorldSpec =>
      tickingWorld(plainWork(100_000), {
        network: network({ clients: 20 }),
        client: timeout(50, serverStops),
        count: 1,
      });
    const stops = new NetworkRun(world(true)).to(10);
    expect(stops.ends()).toEqual([{ outcome: OUTCOME.timedOut, latencyMs: 50 }]);
    expect(stops.pods.get('app')![0].cpuMicros()).toBe(50_000);
    expect(stops.plane.totals().wastedCpuMicros).toBe(50_000);
    const goesOn = new NetworkRun(world(false)).to(10);
    expect(goesOn.pods.get('app')![0].cpuMicros()).toBe(100_000);
    expect(goesOn.plane.totals().wastedCpuMicros).toBe(100_000);
  });

  test('work whose answer is on its way when the caller gives up is wasted', () => {
    const world = tickingWorld(serving5Ms, { network: network({ clients: 20 }), client: timeout(20, true), count: 1 });
    const run = new NetworkRun(world).to(10);
    expect(run.plane.totals().wastedCpuMicros).toBe(5_000);
  });
});

describe('a message that is lost', () => {
  const toApp = { from: clients, to: app, bothWays: false };

  test('is sent again after 200 ms, then 400 ms, until it gets through', () => {
    const faults = [disturbed([0.4, 1.0], { ...toApp, loss: 1 })];
    const world = tickingWorld(serving5Ms, { network: network({ clients: 20 }), faults });
    const run = new NetworkRun(world).to(10);
    const [first, second] = run.latencies();
    expect(first).toBe(25 + 200 + 400);
    expect(second).toBe(25);
    expect(run.sum('retransmissions')).toBe(2);
  });

  test('in a partition is given up after 924.6 s, or makes the caller time out', () => {
    const faults = [disturbed([0, 2000], { ...toApp, bothWays: true, loss: 1 })];
    const patient = new NetworkRun(tickingWorld(serving5Ms, { network: network({}), faults, count: 1 })).to(1500);
    expect(patient.ends()).toEqual([{ outcome: OUTCOME.cutByFailure, latencyMs: 924_600 }]);
    const client = timeout(1000, true);
    const other = new NetworkRun(tickingWorld(serving5Ms, { network: network({}), faults, client, count: 1 })).to(1500);
    expect(other.ends()).toEqual([{ outcome: OUTCOME.timedOut, latencyMs: 1000 }]);
    expect(other.pods.get('app')![0].cpuMicros()).toBe(0);
  });

  test('belongs to its request: a share of them as large as the loss, the same whoever else is on the way', () => {
    const late = (count: number): number[] => {
      const run = new NetworkRun(tickingWorld(serving5Ms, { network: network({}, 0.1), count })).to(count + 100);
      return run
        .latencies()
        .map((latency, i) => (latency > 5 ? i : -1))
        .filter((i) => i >= 0);
    };
    const many = late(4000);
    expect(many.length / 4000).toBeGreaterThan(0.19 - 0.02);
    expect(many.length / 4000).toBeLessThan(0.19 + 0.02);
    expect(late(1000)).toEqual(many.filter((i) => i < 1000));
  });
});

describe('a disturbance', () => {
  const spec = { network: network({ clients: 20, crossZone: 1, crossRegion: 60 }) };
  const [before, meanwhile] = [91, 191];

  test.each([
    ['zones', { kind: 'zone', name: 'b' }, { kind: 'zone', name: 'c' }],
    ['a workload and a dependency', { kind: 'dependency', name: 'db' }, { kind: 'workload', name: 'stock' }],
    ['clients and a zone', clients, { kind: 'zone', name: 'a' }],
    ['clients and a workload', app, clients],
  ] as const)('between %s delays the round trip by 100 ms while it lasts', (_, from, to) => {
    const faults = [disturbed([1, 3], { from, to, bothWays: true, delayMs: 100 })];
    const run = new NetworkRun(threeHops({ ...spec, faults }), apart).to(10);
    expect(run.latencies()).toEqual([before, meanwhile, meanwhile, before, before]);
  });

  test('of one way leaves the other alone, and other pairs of places', () => {
    const stock = { kind: 'workload', name: 'stock' } as const;
    const db = { kind: 'dependency', name: 'db' } as const;
    const delayed = disturbed([1, 9], { from: db, to: stock, bothWays: false, delayMs: 100 });
    const lossy = disturbed([1, 9], { from: clients, to: db, bothWays: true, loss: 1 });
    const run = new NetworkRun(threeHops({ ...spec, faults: [delayed, lossy] }), apart).to(10);
    expect(run.latencies()).toEqual([before, meanwhile, meanwhile, meanwhile, meanwhile]);
  });
});

test('an attempt that reaches a pod that is gone is refused, and every request is accounted for throughout', () => {
  const work = plainWork(400_000);
  const base = tickingWorld(work, { network: network({ clients: 200 }), count: 40 });
  const rates = { edgesMicros: Float64Array.of(0, 4e6), ratePerSecond: Float64Array.of(100) };
  const world = {
    ...base,
    traffic: base.traffic.map((source) => ({ ...source, rates })),
    workloads: [podWorkload('app', { count: 2 }, {}, work)],
  };
  const run = new NetworkRun(world).to(2);
  const conserved = (): void => {
    const { requests, attempts } = run.plane.totals();
    expect(requests.offered).toBe(requests.served + requests.failed + requests.inFlightAtEnd);
    expect(attempts.offered).toBe(attempts.served + attempts.failed + attempts.inFlightAtEnd);
  };
  conserved();
  expect(run.plane.totals().requests.inFlightAtEnd).toBe(60);
  run.pods.get('app')![0].cut('failure');
  conserved();
  for (const second of [2.05, 2.1, 2.3, 2.6, 3, 3.9]) {
    run.to(second);
    conserved();
  }
  const totals = run.to(10).plane.totals().requests;
  conserved();
  expect(totals).toMatchObject({ offered: 400, inFlightAtEnd: 0 });
  const cut = run.ends().filter(({ outcome }) => outcome === OUTCOME.cutByFailure);
  const refused = run.ends().filter(({ outcome }) => outcome === OUTCOME.refusedByFailure);
  expect(cut).toHaveLength(20);
  expect(refused).toHaveLength(105);
  expect(new Set(refused.map(({ latencyMs }) => latencyMs))).toEqual(new Set([200]));
});
