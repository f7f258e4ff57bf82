import { describe, expect, test } from 'vitest';
import type { RetrySpec, WorkSpec } from '../../src/domain/traffic-spec.js';
import type { DependencySpec, WorldSpec } from '../../src/domain/world-spec.js';
import { micros } from '../../src/kernel/micros.js';
import { Streams } from '../../src/kernel/streams.js';
import type { ProcessPort } from '../../src/sim/data-plane.js';
import { createExactPlane } from '../../src/sim/requests/create-exact-plane.js';
import type { ExactPlane } from '../../src/sim/requests/request-plane.js';
import {
  onlyClass,
  openPods,
  patientClient,
  planeWorld,
  plainWork,
  podWorkload,
  steadyTraffic,
} from '../sim/requests/plane-world.js';

const SECOND = 1e6;

/** Runs a world second by second and returns its plane; `at` is called at the end of each second. */
function run(
  world: WorldSpec,
  at: (second: number, pods: Map<string, ProcessPort[]>) => void = () => undefined,
): ExactPlane {
  const plane = createExactPlane(world, new Streams(world.seed));
  const pods = openPods(plane, world);
  for (let second = 0; second < world.durationMicros / SECOND; second += 1) {
    const to = micros((second + 1) * SECOND);
    plane.advance(micros(second * SECOND), to);
    plane.closeStep(to);
    at(second + 1, pods);
  }
  return plane;
}

/** Requests served a second from one second to another. */
function goodput(plane: ExactPlane, from: number, to: number): number {
  const served = plane.tables().find(({ kind }) => kind === 'service')!.columns.served;
  return served.slice(from, to).reduce((sum, count) => sum + count, 0) / (to - from);
}

/** One workload whose requests each hold a worker for a call to one dependency. */
function calling(parts: {
  rate: number;
  seconds: number;
  pods: number;
  ownMillis: number;
  database: Omit<DependencySpec, 'name'>;
}): WorldSpec {
  const work: WorkSpec = {
    ...plainWork(parts.ownMillis * 1e3),
    calls: [[{ target: 'database', probability: 1, client: patientClient }]],
  };
  const endMicros = parts.seconds * SECOND;
  return planeWorld({
    seed: 1,
    endMicros,
    traffic: [steadyTraffic('web', 'app', { perSecond: parts.rate, endMicros }, { classes: [onlyClass(work)] })],
    workloads: [podWorkload('app', { count: parts.pods }, { concurrency: 10, queueLimit: 40 })],
    dependencies: [{ name: 'database', ...parts.database }],
  });
}

describe('a worker held downstream', () => {
  const database = {
    concurrency: 1_000,
    queueLimit: 0,
    rateLimit: null,
    service: { kind: 'constant', value: 90e3 },
  } as const;

  test('ten workers with 10 ms of their own and 90 ms downstream saturate at 100 requests a second', () => {
    const plane = run(calling({ rate: 150, seconds: 120, pods: 1, ownMillis: 10, database }));
    expect(goodput(plane, 20, 120)).toBeCloseTo(100, 0);
    expect(plane.totals().requests.rejected).toBeGreaterThan(40 * 100);
  });

  test('at 60 a second nobody is rejected and a request takes little more than 100 ms', () => {
    const plane = run(calling({ rate: 60, seconds: 120, pods: 1, ownMillis: 10, database }));
    const { requests, latencyMs } = plane.totals();
    expect(requests.rejected).toBe(0);
    expect(latencyMs.p50).toBeGreaterThanOrEqual(99.6);
    expect(latencyMs.mean).toBeLessThan(110);
  });
});

describe('a database at its limit', () => {
  const database = (concurrency: number) =>
    ({ concurrency, queueLimit: Infinity, rateLimit: null, service: { kind: 'exponential', mean: 100e3 } }) as const;

  test('four times the pods add no goodput, only waiting', () => {
    const few = run(calling({ rate: 400, seconds: 120, pods: 10, ownMillis: 5, database: database(20) }));
    const many = run(calling({ rate: 400, seconds: 120, pods: 40, ownMillis: 5, database: database(20) }));
    expect(goodput(few, 20, 120)).toBeGreaterThan(195);
    expect(goodput(few, 20, 120)).toBeLessThan(205);
    expect(goodput(many, 20, 120) / goodput(few, 20, 120)).toBeLessThan(1.01);
    expect(many.totals().latencyMs.p50!).toBeGreaterThan(2 * few.totals().latencyMs.p50!);
    const gauges = many.tables().find(({ entity }) => entity === 'database')!.columns;
    expect(gauges.utilisation.slice(20).every((share) => share > 0.999)).toBe(true);
  });

  test('a database of twice the size doubles it', () => {
    const plane = run(calling({ rate: 450, seconds: 120, pods: 10, ownMillis: 5, database: database(40) }));
    expect(goodput(plane, 20, 120)).toBeGreaterThan(390);
  });
});

describe('a retry storm', () => {
  const FAULT = { from: 60, to: 90 };

  /** 50 workers of 0.1 s mean at 400 requests a second; a time-out of 1 s the servers do not notice; half the workers gone for 30 s. */
  function storm(budget: number | null): ExactPlane {
    const retry: RetrySpec = {
      max: 3,
      backoffFirstMicros: micros(0),
      backoffLastMicros: micros(0),
      jitter: 'none',
      budget,
      budgetBurst: budget === null ? 0 : 10,
    };
    const endMicros = 700 * SECOND;
    const traffic = steadyTraffic(
      'web',
      'app',
      { perSecond: 400, endMicros },
      {
        classes: [onlyClass({ cpu: { kind: 'exponential', mean: 100e3 }, wait: null, calls: [] })],
        client: { timeoutMicros: micros(1e6), serverStops: false, retry },
      },
    );
    const world = planeWorld({
      seed: 1,
      endMicros,
      traffic: [traffic],
      workloads: [podWorkload('app', { count: 1 }, { concurrency: 50 })],
    });
    return run(world, (second, pods) => {
      if (second === FAULT.from) pods.get('app')![0].loseCapacity(0.5);
      if (second === FAULT.to) pods.get('app')![0].loseCapacity(0);
    });
  }

  test('outlives its cause: ten minutes later hardly anything is served in time', () => {
    const plane = storm(null);
    expect(goodput(plane, 10, FAULT.from)).toBeGreaterThan(0.99 * 400);
    expect(goodput(plane, FAULT.to, 690)).toBeLessThanOrEqual(0.05 * 400);
    expect(plane.totals().attempts.amplification).toBeGreaterThan(3);
  });

  test('does not come about with a retry budget of one in ten', () => {
    const plane = storm(0.1);
    expect(goodput(plane, FAULT.to + 180, 700)).toBeGreaterThan(0.95 * 400);
    expect(goodput(plane, FAULT.from + 10, FAULT.to)).toBeLessThan(0.5 * 400);
    expect(plane.totals().attempts.amplification).toBeLessThan(1.1);
  });
});
