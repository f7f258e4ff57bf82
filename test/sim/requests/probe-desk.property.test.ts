import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrivalProcess } from '../../../src/domain/arrival-process.js';
import type { ClientSpec, RequestClassSpec, TrafficSpec } from '../../../src/domain/traffic-spec.js';
import type { ServingSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { TextHash } from '../../../src/kernel/text-hash.js';
import type { DataPlane, ProbePort, ProcessPort } from '../../../src/sim/data-plane.js';
import { OUTCOME } from '../../../src/sim/requests/outcome.js';
import type { RequestObserver } from '../../../src/sim/requests/plane-state.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import {
  onlyClass,
  openPods,
  patientClient,
  planeWorld,
  plainWork,
  podWorkload,
  steadyTraffic,
} from './plane-world.js';

const END = 3e6;

interface Case {
  readonly serving: Partial<ServingSpec>;
  readonly client: ClientSpec;
  readonly calls: boolean;
  readonly perSecond: number;
  readonly seed: number;
  /** When the probe comes. */
  readonly at: number;
  /** Share of its capacity that the pod loses at half of the time, after the probe or before it. */
  readonly lost: number;
}

const impatient: ClientSpec = { timeoutMicros: micros(60_000), serverStops: true, retry: null };

const cases: fc.Arbitrary<Case> = fc
  .record({
    discipline: fc.constantFrom<ServingSpec['discipline']>('fcfs', 'processor-sharing', 'cfs'),
    concurrency: fc.integer({ min: 1, max: 5 }),
    patience: fc.constantFrom(null, { kind: 'exponential', mean: 80_000 } as const),
    client: fc.constantFrom(patientClient, impatient),
    calls: fc.boolean(),
    load: fc.constantFrom(0.7, 1, 1.3),
    seed: fc.nat({ max: 1e6 }),
    at: fc.integer({ min: 1, max: END / 2 }),
    lost: fc.constantFrom(0, 0.5, 1),
  })
  .map(({ discipline, concurrency, patience, client, calls, load, seed, at, lost }) => {
    const cpuCores = discipline === 'fcfs' ? 1 : concurrency;
    const perSecond = Math.round((load * concurrency * 1e6) / (calls ? 40_000 : 20_000));
    return {
      serving: { discipline, concurrency, patience, cpuCores },
      client,
      calls,
      perSecond,
      seed,
      at,
      lost: discipline === 'fcfs' ? lost : lost / 2,
    };
  });

/** One pod under load; the traffic named `probe` brings one request without work. */
function worldOf(given: Case, withRequest: boolean): WorldSpec {
  const calls = given.calls ? [[{ target: 'db', probability: 0.7, client: patientClient }]] : [];
  const work: RequestClassSpec = onlyClass({ cpu: { kind: 'exponential', mean: 20_000 }, wait: null, calls });
  const load = steadyTraffic(
    'load',
    'app',
    { perSecond: given.perSecond, endMicros: END },
    { classes: [work], client: given.client },
  );
  const pod = podWorkload('app', { count: 1 }, given.serving);
  const probed = {
    ...pod.pod,
    livenessProbe: {
      initialDelayMicros: micros(0),
      periodMicros: micros(1),
      timeoutMicros: micros(1),
      failureThreshold: 1,
    },
  };
  return planeWorld({
    seed: given.seed,
    endMicros: END,
    traffic: withRequest ? [load, requestLikeProbe(given.at)] : [load],
    workloads: [{ ...pod, pod: probed }],
    dependencies: [
      {
        name: 'db',
        concurrency: 64,
        queueLimit: Infinity,
        rateLimit: null,
        service: { kind: 'exponential', mean: 20_000 },
      },
    ],
  });
}

/** One request without work at an instant. */
function requestLikeProbe(at: number): TrafficSpec {
  const rates = { edgesMicros: Float64Array.of(at - 1, at + 1), ratePerSecond: Float64Array.of(5e5) };
  return {
    ...steadyTraffic('probe', 'app', { perSecond: 1, endMicros: END }, { classes: [onlyClass(plainWork(0))] }),
    rates,
    arrivals: 'uniform',
  };
}

/** The instant at which the request of `requestLikeProbe` comes. */
function instantOf(at: number): number {
  const { rates, arrivals } = requestLikeProbe(at);
  const instants = new Float64Array(2);
  expect(arrivalProcess(arrivals, rates, new Streams(1).stream('arrivals', 'probe')).fill(instants)).toBe(1);
  return instants[0];
}

/** What a run shows: the ends of the load's requests, what became of the request without work, and what the probe said. */
interface Shown {
  readonly ends: readonly string[];
  readonly request: { readonly outcome: number; readonly at: number } | null;
  readonly said: readonly { readonly now: number; readonly at: number | null }[];
}

/** Runs a case with a request without work, or with a probe at the same instant. */
function run(given: Case, how: { readonly with: 'request' | 'probe' | 'nothing'; readonly observed: boolean }): Shown {
  const ends: string[] = [];
  let request: Shown['request'] = null;
  const loadHop = new TextHash().add('load').words()[0] | 0;
  const world = worldOf(given, how.with === 'request');
  const observer: RequestObserver = (hop, ordinal, outcome, at) => {
    if (hop === loadHop) ends.push(`${ordinal} ${outcome} ${at}`);
    else request = { outcome, at };
  };
  const plane = createExactPlane(world, new Streams(world.seed), how.observed ? { observer } : {});
  const [pod] = openPods(plane, world).get('app')!;
  const at = instantOf(given.at);
  let probe: ProbePort | null = null;
  const said: { now: number; at: number | null }[] = [];
  let from = micros(0);
  for (const to of [at, END / 4, END / 2, (3 * END) / 4, END, 4 * END].sort((a, b) => a - b).map(micros)) {
    if (to > from) plane.advance(from, to);
    from = to;
    if (to === at && how.with === 'probe') probe = pod.probe();
    if (to === END / 4) pod.loseCapacity(given.lost);
    if (to === END / 2) pod.loseCapacity(0);
    if (probe !== null) said.push({ now: to, at: probe.answeredAt() });
  }
  return { ends: ends.sort(), request, said };
}

describe('a probe', () => {
  test('is answered when a request without work would be, and disturbs nobody', () => {
    let waited = 0;
    fc.assert(
      fc.property(cases, (given) => {
        const { request, ends } = run(given, { with: 'request', observed: true });
        const base = run(given, { with: 'nothing', observed: true });
        expect(ends).toEqual(base.ends);
        for (const observed of [true, false]) {
          const probed = run(given, { with: 'probe', observed });
          if (observed) expect(probed.ends).toEqual(base.ends);
          fc.pre(request?.outcome === OUTCOME.served);
          expect(probed.said.at(-1)?.at).toBe(request?.at);
          for (const { now, at } of probed.said) if (at !== null && at <= now) expect(at).toBe(request?.at);
        }
        if ((request?.at ?? 0) > instantOf(given.at)) waited += 1;
      }),
      { seed: 61, numRuns: 200 },
    );
    expect(waited).toBeGreaterThan(50);
  });

  test('where requests run like clockwork, tells at once when it will be answered', () => {
    const clockwork = cases.filter(
      ({ calls, client, serving }) =>
        !calls && client === patientClient && serving.discipline === 'fcfs' && serving.patience === null,
    );
    fc.assert(
      fc.property(clockwork, (given) => {
        const { said, ends } = run({ ...given, lost: 0 }, { with: 'probe', observed: false });
        expect(new Set(said.map(({ at }) => at)).size).toBe(1);
        expect(ends).toEqual([]);
      }),
      { seed: 62, numRuns: 100 },
    );
  });

  describe('of a pod whose line grows by 450 requests a second', () => {
    const overloaded = (queueLimit: number): { plane: DataPlane; pod: ProcessPort } => {
      const serving = { discipline: 'fcfs', concurrency: 1, queueLimit } as const;
      const given = { serving, client: patientClient, calls: false, perSecond: 500, seed: 1, at: 1e6, lost: 0 };
      const world = worldOf(given, false);
      const plane = createExactPlane(world, new Streams(1));
      const [pod] = openPods(plane, world).get('app')!;
      plane.advance(micros(0), micros(1e6));
      return { plane, pod };
    };

    test('is never answered once the process is gone', () => {
      const { plane, pod } = overloaded(Infinity);
      const lost = pod.probe();
      expect(lost.answeredAt()).toBeGreaterThan(2e6);
      plane.advance(micros(1e6), micros(2e6));
      pod.cut('failure');
      plane.advance(micros(2e6), micros(END));
      expect(lost.answeredAt()).toBeNull();
    });

    test('is never answered where the line is full', () => {
      const { pod } = overloaded(3);
      expect(pod.queued()).toBe(3);
      expect(pod.probe().answeredAt()).toBeNull();
    });
  });
});
