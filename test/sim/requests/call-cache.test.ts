import { describe, expect, test } from 'vitest';
import type { CacheSpec } from '../../../src/domain/cache-spec.js';
import type { WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import type { ProcessPort } from '../../../src/sim/data-plane.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import type { RequestPlane } from '../../../src/sim/requests/request-plane.js';
import { onlyClass, openPods, patientClient, planeWorld, podWorkload, steadyTraffic } from './plane-world.js';

const PER_SECOND = 2000;
const WARM = 5000;

/** A thousand requests a second and more, each of which looks up one thing and asks the database on a miss. */
function cachedWorld(pods: number, cache: Partial<CacheSpec>): WorldSpec {
  const spec: CacheSpec = { hitRatio: 0.9, warmLookups: WARM, shared: false, ...cache };
  const calls = [[{ target: 'db', probability: 1, cache: spec, client: patientClient }]];
  const work = onlyClass({ cpu: { kind: 'constant', value: 100 }, wait: null, calls });
  return planeWorld({
    seed: 3,
    endMicros: 60e6,
    traffic: [
      steadyTraffic('web', 'app', { perSecond: PER_SECOND, endMicros: 60e6 }, { classes: [work], arrivals: 'uniform' }),
    ],
    workloads: [podWorkload('app', { count: pods, policy: 'round-robin' }, {})],
    dependencies: [
      {
        name: 'db',
        concurrency: 1000,
        queueLimit: Infinity,
        rateLimit: null,
        service: { kind: 'constant', value: 10 },
      },
    ],
  });
}

/** Carries requests through from one second to another and returns the share of them that asked the database. */
function missRatio(plane: RequestPlane, from: number, to: number): number {
  const before = plane.visits();
  plane.advance(micros(from * 1e6), micros(to * 1e6));
  const after = plane.visits();
  return (after.db.offered - before.db.offered) / (after.app.offered - before.app.offered);
}

/** Mean hit ratio over lookups a to b of a cache that starts cold. */
function closedForm(a: number, b: number): number {
  return 0.9 * (1 - (WARM / (b - a)) * (Math.exp(-a / WARM) - Math.exp(-b / WARM)));
}

function opened(pods: number, cache: Partial<CacheSpec> = {}): { plane: RequestPlane; processes: ProcessPort[] } {
  const world = cachedWorld(pods, cache);
  const plane = createExactPlane(world, new Streams(world.seed));
  return { plane, processes: openPods(plane, world).get('app')! };
}

/** Adds a pod that listens, and routes to all. */
function scaleOut(plane: RequestPlane, processes: ProcessPort[]): void {
  const added = plane.workload('app').open(processes.length, { speed: 1 });
  added.listen(true);
  processes.push(added);
  plane.workload('app').route(processes);
}

/** Four standard deviations of a share of so many requests. */
const within = (requests: number): number => 4 * Math.sqrt(0.25 / requests);

describe('caches of single pods', () => {
  test('warm up as the closed form says, each by what its pod looks up', () => {
    const { plane } = opened(2);
    for (let second = 0; second < 20; second += 1) {
      // Half of the requests come to each of the two.
      const expected = 1 - closedForm((second * PER_SECOND) / 2, ((second + 1) * PER_SECOND) / 2);
      expect(Math.abs(missRatio(plane, second, second + 1) - expected)).toBeLessThan(within(PER_SECOND));
    }
  });

  test('are cold in a new pod: scaling out sends its part of the requests to the database, until it has warmed up', () => {
    const { plane, processes } = opened(1);
    missRatio(plane, 0, 20);
    expect(missRatio(plane, 20, 21)).toBeLessThan(0.13);
    scaleOut(plane, processes);
    const half = PER_SECOND / 2;
    const stampede = missRatio(plane, 21, 22);
    expect(Math.abs(stampede - (0.5 * 0.1 + 0.5 * (1 - closedForm(0, half))))).toBeLessThan(within(PER_SECOND));
    expect(stampede).toBeGreaterThan(0.4);
    missRatio(plane, 22, 50);
    expect(missRatio(plane, 50, 51)).toBeLessThan(0.13);
  });
});

describe('one cache over all pods', () => {
  /** Hit ratios of a warm cache of four pods before, right after and long after a change. */
  function around(change: (plane: RequestPlane, processes: ProcessPort[]) => void): [number, number, number] {
    const { plane, processes } = opened(4, { shared: true });
    missRatio(plane, 0, 25);
    const before = missRatio(plane, 25, 27);
    change(plane, processes);
    const after = missRatio(plane, 27, 27.5);
    missRatio(plane, 27.5, 45);
    return [before, after, missRatio(plane, 45, 47)];
  }

  /** Mean hit ratio over half a second, from a warmth on. */
  function from(warmth: number): number {
    const start = -WARM * Math.log(1 - warmth);
    return closedForm(start, start + PER_SECOND / 2);
  }

  test('loses a fourth of its hits with one pod of four, and gains them back', () => {
    const [before, after, later] = around((plane, processes) => {
      plane.workload('app').route(processes.slice(1));
      processes[0].cut('failure');
    });
    expect(before).toBeCloseTo(0.1, 1);
    expect(Math.abs(after - (1 - from(0.75)))).toBeLessThan(within(PER_SECOND / 2));
    expect(after).toBeGreaterThan(0.2);
    expect(later).toBeCloseTo(0.1, 1);
  });

  test('loses a fifth when a fifth pod comes', () => {
    const [, after] = around(scaleOut);
    expect(Math.abs(after - (1 - from(0.8)))).toBeLessThan(within(PER_SECOND / 2));
  });

  test('has nothing left when its last pod is gone', () => {
    const { plane, processes } = opened(1, { shared: true });
    missRatio(plane, 0, 20);
    processes[0].cut('failure');
    plane.workload('app').route([]);
    scaleOut(plane, processes);
    plane.workload('app').route(processes.slice(1));
    expect(missRatio(plane, 20, 20.1)).toBeGreaterThan(0.95);
  });
});

test('a request hits or misses by who it is, whatever else happens', () => {
  const ends = (serviceMicros: number): number => {
    const world = cachedWorld(1, {});
    const [db] = world.dependencies;
    const slow = { ...world, dependencies: [{ ...db, service: { kind: 'constant', value: serviceMicros } as const }] };
    const plane = createExactPlane(slow, new Streams(slow.seed));
    openPods(plane, slow);
    return missRatio(plane, 0, 10);
  };
  expect(ends(10)).toBe(ends(400));
});
