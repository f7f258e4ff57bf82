import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ServingSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import type { ProbePort, ProcessPort } from '../../../src/sim/data-plane.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import type { ExactPlane } from '../../../src/sim/requests/request-plane.js';
import { onlyClass, openPods, plainWork, planeWorld, podWorkload, steadyTraffic } from './plane-world.js';

const MS = 1000;
const cfs: Partial<ServingSpec> = {
  discipline: 'cfs',
  concurrency: Infinity,
  cpuCores: 8,
  quota: { cores: 1, periodMicros: micros(100 * MS) },
};

/** One pod whose liveness probes take CPU; so many requests of 20 ms at once, if any, come at the instant of 1 s. */
function worldOf(serving: Partial<ServingSpec>, requests: number): WorldSpec {
  const at = 1e6;
  const rate = { perSecond: 0, endMicros: 2e6 };
  const source = steadyTraffic('nobody', 'app', rate, {
    classes: [onlyClass(plainWork(20 * MS))],
    arrivals: 'uniform',
  });
  const rates = { edgesMicros: Float64Array.of(at - 1, at), ratePerSecond: Float64Array.of(1e6) };
  const users = Array.from({ length: requests }, (_, i) => ({ ...source, name: `user-${i}`, rates }));
  const app = podWorkload('app', { count: 1 }, serving);
  const livenessProbe = {
    initialDelayMicros: micros(0),
    periodMicros: micros(10e6),
    timeoutMicros: micros(1e6),
    failureThreshold: 3,
    cpuMicros: micros(20 * MS),
  };
  const workloads = [{ ...app, pod: { ...app.pod, livenessProbe } }];
  return planeWorld({ seed: 3, endMicros: 3e6, traffic: [source, ...users], workloads });
}

interface Probed {
  readonly plane: ExactPlane;
  readonly pod: ProcessPort;
  readonly probe: ProbePort | null;
  /** Ends of the requests, after the instant at which they come, in milliseconds. */
  readonly ends: number[];
}

/** Runs a world; a probe of so much CPU comes with the requests, where there is one. */
function run(serving: Partial<ServingSpec>, requests: number, probeMicros: number | null): Probed {
  const world = worldOf(serving, requests);
  const ends: number[] = [];
  const observer = (_hop: number, _ordinal: number, _outcome: number, at: number): void => {
    ends.push((at - 1e6) / MS);
  };
  const plane = createExactPlane(world, new Streams(world.seed), { observer });
  const [pod] = openPods(plane, world).get('app')!;
  plane.advance(micros(0), micros(1e6));
  const probe = probeMicros === null ? null : pod.probe(probeMicros);
  plane.advance(micros(1e6), micros(3e6));
  return { plane, pod, probe, ends };
}

/** When a probe was answered, after the instant at which it came, in milliseconds. */
function answered({ probe }: Probed): number {
  return ((probe?.answeredAt() ?? NaN) - 1e6) / MS;
}

describe('a probe that takes CPU, eight cores and a limit of one', () => {
  test('is answered when it has had it, and the pod has used it', () => {
    const alone = run(cfs, 0, 30 * MS);
    expect(answered(alone)).toBe(30);
    expect(alone.pod.cpuMicros()).toBeCloseTo(30 * MS, 6);
  });

  test('is one thread more: eight requests of 20 ms are done at 110 ms, not at 107.5', () => {
    const without = run(cfs, 8, null);
    expect(without.ends).toEqual(Array<number>(8).fill(107.5));
    // Nine threads on eight cores have 100 ms of CPU at 12.5 ms, 11.11 each; the other 8.89 take 10 ms from 100 on.
    const probed = run(cfs, 8, 20 * MS);
    expect(probed.ends).toEqual(Array<number>(8).fill(110));
    expect(answered(probed)).toBe(110);
    expect(probed.pod.cpuMicros()).toBeCloseTo(180 * MS, 0);
  });

  test('takes of the quota what requests then lack: four of 20 ms are done at 20 ms, but two more probes hold them up to 103.3 ms', () => {
    expect(run(cfs, 4, null).ends).toEqual([20, 20, 20, 20]);
    const world = worldOf(cfs, 4);
    const ends: number[] = [];
    const observer = (_hop: number, _ordinal: number, _outcome: number, at: number): void => {
      ends.push(Math.round((at - 1e6) / 100) / 10);
    };
    const plane = createExactPlane(world, new Streams(world.seed), { observer });
    const [pod] = openPods(plane, world).get('app')!;
    plane.advance(micros(0), micros(1e6));
    for (let i = 0; i < 2; i += 1) pod.probe(40 * MS);
    plane.advance(micros(1e6), micros(3e6));
    // Six threads have used 100 ms at 16.67 ms; the four lack 3.33 ms each.
    expect(ends).toEqual([103.3, 103.3, 103.3, 103.3]);
  });

  test('counts for nothing else: no request is on board, served or failed', () => {
    const { plane, pod } = run(cfs, 0, 5000 * MS);
    expect(pod.inFlight()).toBe(0);
    expect(plane.totals().requests).toMatchObject({ offered: 0, served: 0, failed: 0 });
  });

  test('is never answered once its process is gone', () => {
    const world = worldOf(cfs, 0);
    const plane = createExactPlane(world, new Streams(world.seed));
    const [pod] = openPods(plane, world).get('app')!;
    plane.advance(micros(0), micros(1e6));
    const probe = pod.probe(50 * MS);
    plane.advance(micros(1e6), micros(1.02e6));
    pod.cut('failure');
    plane.advance(micros(1.02e6), micros(3e6));
    expect(probe.answeredAt()).toBeNull();
    expect(pod.cpuMicros()).toBeCloseTo(20 * MS, 6);
  });
});

test('a pod of workers takes the CPU of a probe beside them, from when it is its turn', () => {
  const busy = run({ discipline: 'fcfs', concurrency: 1 }, 2, 30 * MS);
  // The two requests of that instant are there before it.
  expect(answered(busy)).toBe(70);
  expect(busy.pod.cpuMicros()).toBeCloseTo(70 * MS, 6);
});

test('at a pod of two places it waits for one, then it is a thread more', () => {
  const world = worldOf({ discipline: 'processor-sharing', concurrency: 2, cpuCores: 2 }, 3);
  const plane = createExactPlane(world, new Streams(world.seed));
  const [pod] = openPods(plane, world).get('app')!;
  plane.advance(micros(0), micros(1e6 + 1));
  const probe = pod.probe(30 * MS);
  plane.advance(micros(1e6 + 1), micros(3e6));
  // The three are there; the third waits until 20 ms and is alone from then on with the probe, each on a core of its own.
  expect(((probe.answeredAt() ?? NaN) - 1e6) / MS).toBeCloseTo(50, 2);
  expect(pod.cpuMicros()).toBeCloseTo(90 * MS, 0);
});

test('it holds requests up as a request of the same CPU would, whatever the cores and the quota', () => {
  const cases = fc.record({
    cores: fc.integer({ min: 1, max: 8 }),
    limit: fc.constantFrom(0.5, 1, 2.5, 8),
    requests: fc.integer({ min: 0, max: 12 }),
    discipline: fc.constantFrom<'cfs' | 'processor-sharing'>('cfs', 'processor-sharing'),
  });
  fc.assert(
    fc.property(cases, ({ cores, limit, requests, discipline }) => {
      const quota = { cores: limit, periodMicros: micros(100 * MS) };
      const serving: Partial<ServingSpec> = {
        discipline,
        concurrency: Infinity,
        cpuCores: cores,
        ...(discipline === 'cfs' ? { quota } : {}),
      };
      const more = run(serving, requests + 1, null);
      const probed = run(serving, requests, 20 * MS);
      expect([...probed.ends, answered(probed)].sort((a, b) => a - b)).toEqual([...more.ends].sort((a, b) => a - b));
    }),
    { seed: 63, numRuns: 100 },
  );
});
