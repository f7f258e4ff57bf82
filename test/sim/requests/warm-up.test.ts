import { describe, expect, test } from 'vitest';
import type { ServingSpec, WarmUpSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { onlyClass, openPods, plainWork, planeWorld, podWorkload, steadyTraffic } from './plane-world.js';

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
