import { describe, expect, test } from 'vitest';
import type { CallSpec, TrafficSpec, WorkSpec } from '../../../src/domain/traffic-spec.js';
import type { ServingSpec, WarmUpSpec, WorkloadSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import {
  onlyClass,
  openPods,
  patientClient,
  plainWork,
  planeWorld,
  podWorkload,
  steadyTraffic,
} from './plane-world.js';

/** Latencies of one request of 10 ms in every second at one pod; ready since `readyAt` where that is given. */
function latencies(discipline: ServingSpec['discipline'], warmUp: WarmUpSpec, readyAt?: number): number[] {
  const source = steadyTraffic(
    'users',
    'app',
    { perSecond: 1, endMicros: 60e6 },
    {
      arrivals: 'uniform',
      classes: [onlyClass(plainWork(10_000))],
    },
  );
  const workload = podWorkload('app', { count: 1 }, { discipline, concurrency: 8, cpuCores: 4 });
  const world = planeWorld({
    seed: 1,
    endMicros: 61e6,
    traffic: [source],
    workloads: [{ ...workload, pod: { ...workload.pod, warmUp } }],
  });
  const ends: number[] = [];
  const plane = createExactPlane(world, new Streams(1), { observer: (_hop, _ordinal, _outcome, at) => ends.push(at) });
  plane.advance(micros(-1), micros(0));
  const [pod] = openPods(plane, world).get('app') ?? [];
  if (readyAt !== undefined) pod.markReady(micros(readyAt));
  plane.advance(micros(0), micros(61e6));
  return ends.map((at, k) => at - (k + 0.5) * 1e6);
}

const close = (value: number, wanted: number): void => expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1);

describe('a process that warms up', () => {
  test.each(['fcfs', 'processor-sharing', 'cfs'] as const)(
    'takes less and less CPU by requests served under %s',
    (discipline) => {
      const measured = latencies(discipline, { factor: 3, requests: 5 });
      expect(measured).toHaveLength(60);
      measured.forEach((latency, k) => close(latency, 10_000 * (1 + 2 * Math.exp(-k / 5))));
    },
  );

  test('or by the time since it was ready', () => {
    const measured = latencies('cfs', { factor: 2, timeMicros: micros(10e6) }, 1e6);
    const age = (k: number): number => Math.max(0, k + 0.5 - 1);
    measured.forEach((latency, k) => close(latency, 10_000 * (1 + Math.exp(-age(k) / 10))));
  });

  test('and not at all where it was ready before the run', () => {
    for (const span of [{ requests: 1e6 }, { timeMicros: micros(3600e6) }] as const) {
      expect(new Set(latencies('fcfs', { factor: 3, ...span }, -86_400e6))).toEqual(new Set([10_000]));
    }
  });
});

/** One request at each of some instants, in seconds. */
function requestsAt(to: string, work: WorkSpec, instants: readonly number[]): TrafficSpec {
  const edges = instants.flatMap((at) => [at, at + 1e-6]);
  return {
    name: `users of ${to}`,
    to,
    rates: {
      edgesMicros: Float64Array.from(edges, (at) => Math.round(at * 1e6)),
      ratePerSecond: Float64Array.from(edges.slice(1), (_, i) => (i % 2 === 0 ? 1e6 : 0)),
    },
    arrivals: 'uniform',
    client: patientClient,
    classes: [onlyClass(work)],
  };
}

interface ColdWorld {
  readonly traffic: readonly TrafficSpec[];
  readonly workloads: readonly WorkloadSpec[];
  readonly seconds: number;
  readonly seed?: number;
}

/** Ends of requests against an objective of 300 ms, by ordinal, and how many of them the result says were slowed by cold pods. */
function coldRun({ traffic, workloads, seconds, seed = 1 }: ColdWorld) {
  const world = planeWorld({ seed, endMicros: seconds * 1e6, traffic, workloads, sloMicros: 300_000 });
  const latencies = new Map<number, number>();
  const plane = createExactPlane(world, new Streams(seed), {
    observer: (_hop, ordinal, _outcome, at) => latencies.set(ordinal, at),
  });
  plane.advance(micros(-1), micros(0));
  openPods(plane, world);
  plane.startCounting();
  plane.advance(micros(0), micros(seconds * 1e6));
  plane.closeStep(micros(seconds * 1e6));
  return { ends: latencies, slowedByCold: plane.totals().slowedByCold };
}

function warming(workload: WorkloadSpec, factor: number, requests = 1e9): WorkloadSpec {
  return { ...workload, pod: { ...workload.pod, warmUp: { factor, requests } } };
}

describe('a request slowed by cold pods', () => {
  const cold = (cpuMicros: number, factor: number, serving: Partial<ServingSpec> = { concurrency: 1 }) =>
    coldRun({
      traffic: [requestsAt('app', plainWork(cpuMicros), [1])],
      workloads: [warming(podWorkload('app', { count: 1 }, serving), factor)],
      seconds: 60,
    });

  test.each(['fcfs', 'processor-sharing', 'cfs'] as const)(
    'is late, and would not have been at a warm pod, under %s',
    (discipline) => {
      const serving = { discipline, concurrency: 4, cpuCores: 2 };
      expect(cold(200_000, 3, serving).slowedByCold).toBe(1);
      expect(cold(290_000, 1.1, serving).slowedByCold).toBe(1);
      expect(cold(310_000, 3, serving).slowedByCold).toBe(0);
      expect(cold(90_000, 3, serving).slowedByCold).toBe(0);
    },
  );

  test('may be late for having waited behind others at a cold pod, but not for others at a warm one', () => {
    const serving = { concurrency: 1 };
    const three = (factor: number) =>
      coldRun({
        traffic: [requestsAt('app', plainWork(95_000), [1, 1.001, 1.002, 1.003])],
        workloads: [warming(podWorkload('app', { count: 1 }, serving), factor)],
        seconds: 60,
      }).slowedByCold;
    // Warm, they take 95, 189, 283 and 377 ms: the fourth is late anyway.
    expect(three(2)).toBe(2);
    expect(three(1)).toBe(0);
  });

  test('counts no wait for workers that were held for what is not CPU', () => {
    const work: WorkSpec = { ...plainWork(10_000), wait: { kind: 'constant', value: 285_000 } };
    const { slowedByCold } = coldRun({
      traffic: [requestsAt('app', work, [1, 1.1, 5])],
      workloads: [warming(podWorkload('app', { count: 1 }, { concurrency: 1 }), 2)],
      seconds: 60,
    });
    // 305, 510 and 305 ms; warm 295, 490 and 295 ms.
    expect(slowedByCold).toBe(2);
  });

  test('may have made calls to cold pods, one after the other; of those made at once the last to end counts', () => {
    const call = (target: string): CallSpec => ({ target, probability: 1, client: patientClient });
    const target = (name: string, cpuMicros: number): WorkloadSpec =>
      podWorkload(name, { count: 1 }, { concurrency: 4 }, plainWork(cpuMicros));
    const slowed = (calls: WorkSpec['calls'], others: readonly WorkloadSpec[]): number =>
      coldRun({
        traffic: [requestsAt('app', { ...plainWork(10_000), calls }, [1])],
        workloads: [podWorkload('app', { count: 1 }, { concurrency: 4 }), ...others],
        seconds: 60,
      }).slowedByCold;
    const cold = (name: string, cpuMicros: number): WorkloadSpec => warming(target(name, cpuMicros), 2);
    // 10 + 200 + 200 ms; warm 210 ms. Then 10 + 200 + 420 ms, warm 320 ms.
    expect(slowed([[call('a')], [call('b')]], [cold('a', 100_000), cold('b', 100_000)])).toBe(1);
    expect(slowed([[call('a')], [call('b')]], [cold('a', 100_000), cold('b', 210_000)])).toBe(0);
    // 10 + max(400, 350) ms, without the surplus of `a` still 360 ms; then 260 ms.
    expect(slowed([[call('a'), call('w')]], [cold('a', 200_000), target('w', 350_000)])).toBe(0);
    expect(slowed([[call('a'), call('w')]], [cold('a', 200_000), target('w', 250_000)])).toBe(1);
  });

  test('is never one that would have been late at warm pods, whatever the load', () => {
    const exponential: WorkSpec = { cpu: { kind: 'exponential', mean: 70_000 }, wait: null, calls: [] };
    const run = (factor: number, seed: number, serving: Partial<ServingSpec>, work = exponential) =>
      coldRun({
        traffic: [steadyTraffic('users', 'app', { perSecond: 9, endMicros: 240e6 }, { classes: [onlyClass(work)] })],
        workloads: [warming(podWorkload('app', { count: 2 }, serving), factor, 400)],
        seconds: 245,
        seed,
      });
    for (const discipline of ['fcfs', 'processor-sharing'] as const) {
      for (let seed = 1; seed <= 10; seed += 1) {
        const serving = { discipline, concurrency: discipline === 'fcfs' ? 1 : 8, cpuCores: 1 };
        const [atCold, atWarm] = [run(2, seed, serving), run(1, seed, serving)];
        const arrivals = run(1, seed, { concurrency: Infinity }, plainWork(1)).ends;
        const isLate = (end: number, ordinal: number) => end - (arrivals.get(ordinal) ?? NaN) > 300_000;
        const onlyCold = [...atCold.ends].filter(
          ([ordinal, end]) => isLate(end, ordinal) && !isLate(atWarm.ends.get(ordinal) ?? NaN, ordinal),
        ).length;
        expect(atCold.slowedByCold).toBeGreaterThan(onlyCold / 3);
        expect(atCold.slowedByCold).toBeLessThanOrEqual(onlyCold);
        expect(atWarm.slowedByCold).toBe(0);
      }
    }
  });
});
