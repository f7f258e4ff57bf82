import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConsumerSpec, QueueSpec } from '../../../src/domain/queue-spec.js';
import type { TrafficSpec } from '../../../src/domain/traffic-spec.js';
import type { ServingSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import type { ProcessPort } from '../../../src/sim/data-plane.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { OUTCOME } from '../../../src/sim/requests/outcome.js';
import {
  onlyClass,
  patientClient,
  plainWork,
  planeWorld,
  podWorkload,
  steadyTraffic,
} from '../requests/plane-world.js';

const SECOND = 1e6;

interface Parts {
  readonly queue?: Partial<QueueSpec>;
  readonly consumer?: Partial<ConsumerSpec>;
  readonly serving?: Partial<ServingSpec>;
  readonly traffic?: readonly TrafficSpec[];
  readonly cpuSeconds?: number;
  readonly endSeconds?: number;
}

/** Jobs at 0.5 s, 1.5 s, 2.5 s, ...: one a second, evenly spaced, for as long as is said. */
function jobs(seconds: number, cpuSeconds: number): TrafficSpec {
  const rate = { perSecond: 1, endMicros: seconds * SECOND };
  const classes = [onlyClass(plainWork(cpuSeconds * SECOND))];
  return { ...steadyTraffic('jobs', 'worker', rate, { classes }), arrivals: 'uniform', queue: 'jobs' };
}

function worldOf({ queue, consumer, serving, traffic, cpuSeconds, endSeconds }: Parts): WorldSpec {
  const pod = podWorkload(
    'worker',
    { count: 0 },
    { concurrency: 1, ...serving },
    plainWork((cpuSeconds ?? 1) * SECOND),
  );
  const world = planeWorld({
    seed: 5,
    endMicros: (endSeconds ?? 100) * SECOND,
    traffic: traffic ?? [jobs(1, cpuSeconds ?? 1)],
    workloads: [
      { ...pod, consumes: { queue: 'jobs', prefetch: 1, pollMicros: micros(0), ...consumer } },
      podWorkload('web', { count: 1 }, {}),
    ],
  });
  const slo = { latencyMicros: micros(10 * SECOND), target: 0.99 };
  return { ...world, queues: [{ name: 'jobs', slo, redelivery: 'on-disconnect', ...queue }] };
}

/** A world under way, with the end of every job. */
class Run {
  readonly ends: string[] = [];
  readonly plane;
  private now = 0;

  constructor(readonly world: WorldSpec) {
    const observer = (_hop: number, ordinal: number, outcome: number, at: number): void => {
      const name = Object.entries(OUTCOME).find(([, code]) => code === outcome)?.[0];
      this.ends.push(`${ordinal} ${name} ${at / SECOND}`);
    };
    this.plane = createExactPlane(world, new Streams(world.seed), { observer });
    const web = this.plane.workload('web').open(0, { speed: 1 });
    web.listen(true);
    this.plane.workload('web').route([web]);
  }

  pod(ordinal: number, speed = 1): ProcessPort {
    const pod = this.plane.workload('worker').open(ordinal, { speed });
    pod.listen(true);
    return pod;
  }

  to(seconds: number): this {
    this.plane.advance(micros(this.now), micros(seconds * SECOND));
    this.now = seconds * SECOND;
    return this;
  }

  finish() {
    this.to(this.world.durationMicros / SECOND);
    this.plane.closeStep(this.world.durationMicros);
    return this.plane.queues().jobs;
  }
}

describe('a queue and its workers', () => {
  test('a job waits for a worker, the oldest goes first, and a slower node takes longer', () => {
    const run = new Run(worldOf({ traffic: [jobs(3, 2)] })).to(3);
    expect(run.plane.workload('worker').queue?.()).toEqual({
      waiting: 3,
      reading: { messages: 3, ageSeconds: 2.5, published: 3 },
    });
    run.pod(0, 0.5);
    run.to(4);
    expect(run.plane.workload('worker').queue?.().reading).toEqual({ messages: 3, ageSeconds: 2.5, published: 3 });
    const totals = run.finish();
    expect(run.ends).toEqual(['0 served 7', '1 served 11', '2 served 15']);
    expect(totals).toMatchObject({ published: 3, done: 3, late: 1, maxAgeSeconds: 8.5, redelivered: 0 });
    expect(totals.timeInQueueMs.max).toBe(8500);
    expect(totals.latencyMs.max).toBe(12_500);
  });

  test('prefetched jobs wait in their pod, where another pod cannot help', () => {
    const run = new Run(worldOf({ traffic: [jobs(2, 4)], consumer: { prefetch: 2 } })).to(0.4);
    run.pod(0);
    run.to(2);
    expect(run.plane.workload('worker').queue?.()).toMatchObject({ waiting: 0, reading: { messages: 2 } });
    run.pod(1);
    run.finish();
    expect(run.ends).toEqual(['0 served 4.5', '1 served 8.5']);
  });

  test('a job that takes longer than its visibility time-out is done twice, and its first end counts', () => {
    const queue = { visibilityTimeoutMicros: micros(3 * SECOND), redelivery: 'visibility-timeout' } as const;
    const run = new Run(worldOf({ queue, cpuSeconds: 5 }));
    run.pod(0);
    run.pod(1);
    run.to(5);
    // The first worker is still at it, and does not know that the second has been given the same job at 3.5 s.
    expect(run.plane.workload('worker').queue?.()).toMatchObject({ waiting: 0, reading: { messages: 1 } });
    run.to(6);
    // It was done at 5.5 s, but that acknowledgement came too late to count: the second delivery goes on, and times out at 6.5 s in turn.
    const totals = run.finish();
    expect(run.ends).toEqual(['0 served 5.5']);
    expect(totals.done).toBe(1);
    expect(totals.duplicates).toBe(totals.deliveries - 1 - run.plane.totals().attempts.inFlightAtEnd);
    expect(totals.duplicates).toBeGreaterThan(20);
    expect(run.plane.totals().wastedCpuMicros).toBe(totals.duplicates * 5 * SECOND);
  });

  test('what expired had waited as long as it was kept', () => {
    const run = new Run(worldOf({ queue: { retentionMicros: micros(30 * SECOND) } }));
    const totals = run.finish();
    expect(run.ends).toEqual(['0 expired 30.5']);
    expect(totals.maxAgeSeconds).toBe(30);
  });

  test('after as many deliveries as allowed it is a dead letter, done or not', () => {
    const queue = {
      visibilityTimeoutMicros: micros(3 * SECOND),
      redelivery: 'visibility-timeout',
      maxReceives: 2,
    } as const;
    const late = new Run(worldOf({ queue, cpuSeconds: 5 }));
    late.pod(0);
    late.pod(1);
    expect(late.finish()).toMatchObject({
      done: 1,
      dead: 0,
      deadLettered: 1,
      deliveries: 2,
      duplicates: 1,
      waiting: 0,
    });
    const lost = new Run(worldOf({ queue, cpuSeconds: 5 })).to(0.4);
    const first = lost.pod(0);
    lost.to(1);
    first.cut('failure');
    const second = lost.pod(1);
    lost.to(4);
    second.cut('failure');
    expect(lost.finish()).toMatchObject({ done: 0, dead: 1, deadLettered: 1, deliveries: 2, redelivered: 1 });
    expect(lost.ends).toEqual(['0 deadLettered 6.5']);
    expect(lost.plane.totals()).toMatchObject({
      requests: { offered: 1, served: 0, failed: 1, inFlightAtEnd: 0 },
      attempts: { offered: 2, failed: 2, inFlightAtEnd: 0 },
      violated: 1,
    });
  });

  test.each([
    ['on-disconnect', '0 served 7.000001'],
    ['visibility-timeout', '0 served 25.5'],
  ] as const)('a job on board of a pod that is killed is given out again: %s', (redelivery, end) => {
    const queue = { visibilityTimeoutMicros: micros(20 * SECOND), redelivery };
    const run = new Run(worldOf({ queue, cpuSeconds: 5 })).to(0.4);
    const leaving = run.pod(0);
    run.to(1);
    leaving.listen(false);
    run.pod(1);
    run.to(2);
    leaving.cut('scaling');
    expect(run.finish()).toMatchObject({ done: 1, deliveries: 2, redelivered: 1, duplicates: 0 });
    expect(run.ends).toEqual([end]);
  });

  test('a pod that was told to stop finishes what it has and takes no more', () => {
    const run = new Run(worldOf({ traffic: [jobs(2, 3)] })).to(0.4);
    const leaving = run.pod(0);
    run.to(1);
    leaving.listen(false);
    run.to(10);
    expect(run.ends).toEqual(['0 served 3.5']);
    expect(run.finish()).toMatchObject({ done: 1, waiting: 1, overdue: 1 });
    expect(run.plane.totals()).toMatchObject({ requests: { offered: 2, served: 1, inFlightAtEnd: 1 }, violated: 1 });
  });

  test('a pod that polls finds a job when it asks, and a job is on its way for a while', () => {
    const consumer = {
      pollMicros: micros(3 * SECOND),
      receiveLatency: { kind: 'constant', value: 0.25 * SECOND },
    } as const;
    const run = new Run(worldOf({ traffic: [jobs(4, 1)], consumer }));
    run.pod(0);
    run.finish();
    // It asks at 0, 3 (the job of 0.5), 4.25 (when that is done: the job of 1.5), 5.5 and 6.75.
    expect(run.ends).toEqual(['0 served 4.25', '1 served 5.5', '2 served 6.75', '3 served 8']);
  });

  test('jobs are dropped after the retention, and refused where the queue is full', () => {
    const run = new Run(
      worldOf({ traffic: [jobs(5, 1)], queue: { retentionMicros: micros(3 * SECOND), limit: 2 } }),
    ).to(5);
    run.pod(0);
    const totals = run.finish();
    expect(run.ends).toEqual(['2 rejected 2.5', '0 expired 3.5', '1 expired 4.5', '3 served 6', '4 served 7']);
    expect(totals).toMatchObject({ published: 5, done: 2, expired: 2, refused: 1, waiting: 0, deliveries: 2 });
  });

  test('a call to a queue publishes: its caller is served at once, and the job is part of its request', () => {
    const call = { target: 'worker', queue: 'jobs', probability: 1, client: patientClient };
    const rate = { perSecond: 1, endMicros: SECOND };
    const classes = [onlyClass({ ...plainWork(0.1 * SECOND), calls: [[call]] })];
    const traffic: TrafficSpec = { ...steadyTraffic('web', 'web', rate, { classes }), arrivals: 'uniform' };
    const run = new Run(worldOf({ traffic: [traffic], cpuSeconds: 7 }));
    run.pod(0);
    const totals = run.finish();
    expect(run.ends).toEqual(['0 served 0.6']);
    expect(totals).toMatchObject({ published: 1, done: 1 });
    expect(totals.latencyMs.max).toBe(7000);
    expect(run.plane.totals()).toMatchObject({ requests: { offered: 1, served: 1 }, attempts: { offered: 1 } });
    expect(run.plane.totals().latencyMs.max).toBe(100);
  });
});

test('every job published is done, dead, expired, refused, waiting or in progress; every delivery has an end or is on board', () => {
  const arbitrary = fc.record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    maxReceives: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    retention: fc.option(fc.integer({ min: 5, max: 40 }), { nil: undefined }),
    limit: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
    visibility: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    prefetch: fc.integer({ min: 1, max: 6 }),
    poll: fc.constantFrom(0, 0, 1.7),
    deaths: fc.array(fc.integer({ min: 1, max: 119 }), { maxLength: 12 }),
  });
  fc.assert(
    fc.property(arbitrary, ({ seed, maxReceives, retention, limit, visibility, prefetch, poll, deaths }) => {
      const source = jobs(100, 1);
      const classes = source.classes.map((one) => ({
        ...one,
        cpu: { kind: 'exponential', mean: 2 * SECOND } as const,
      }));
      const world = worldOf({
        traffic: [{ ...source, classes, arrivals: 'poisson' }],
        serving: { concurrency: 2 },
        consumer: { prefetch, pollMicros: micros(poll * SECOND) },
        queue: {
          ...(maxReceives === undefined ? {} : { maxReceives }),
          ...(retention === undefined ? {} : { retentionMicros: micros(retention * SECOND) }),
          ...(limit === undefined ? {} : { limit }),
          ...(visibility === undefined
            ? {}
            : { visibilityTimeoutMicros: micros(visibility * SECOND), redelivery: 'visibility-timeout' as const }),
        },
        endSeconds: 120,
      });
      const run = new Run({ ...world, seed });
      const pods = [run.pod(0), run.pod(1)];
      for (const at of [...new Set(deaths)].sort((a, b) => a - b)) {
        run.to(at);
        pods.shift()?.cut('failure');
        pods.push(run.pod(at));
      }
      const of = run.finish();
      const { requests, attempts } = run.plane.totals();
      expect(of.done + of.dead + of.expired + of.refused + of.waiting + of.inProgress).toBe(of.published);
      expect(requests.served + requests.failed + requests.inFlightAtEnd).toBe(requests.offered);
      expect(attempts.served + attempts.failed + attempts.inFlightAtEnd).toBe(attempts.offered);
      expect([requests.offered, requests.served, attempts.offered]).toEqual([of.published, of.done, of.deliveries]);
      expect(new Set(run.ends.map((end) => end.split(' ')[0])).size).toBe(run.ends.length);
    }),
    { seed: 20261125, numRuns: 150 },
  );
});
