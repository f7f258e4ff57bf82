import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestClassSpec, TrafficSpec } from '../../../src/domain/traffic-spec.js';
import type { BalancerPolicy, ServingSpec, WorldSpec } from '../../../src/domain/world-spec.js';
import type { Distribution } from '../../../src/kernel/distributions.js';
import { micros } from '../../../src/kernel/micros.js';
import { Streams } from '../../../src/kernel/streams.js';
import { createExactPlane } from '../../../src/sim/requests/create-exact-plane.js';
import { onlyClass, openPods, planeWorld, podWorkload, steadyTraffic } from './plane-world.js';

const END = 2e6;

/** Short and long demands; short ones make many things happen in one microsecond. */
const demand: fc.Arbitrary<Distribution> = fc.oneof(
  fc.nat({ max: 40_000 }).map((value): Distribution => ({ kind: 'constant', value })),
  fc.integer({ min: 1, max: 60_000 }).map((mean): Distribution => ({ kind: 'exponential', mean })),
  fc.integer({ min: 1, max: 30 }).map((mean): Distribution => ({ kind: 'exponential', mean })),
);

const requestClass: fc.Arbitrary<RequestClassSpec> = fc
  .tuple(demand, fc.option(demand, { nil: null }))
  .map(([cpu, wait]) => onlyClass({ cpu, wait, calls: [] }));

const source = (name: string): fc.Arbitrary<TrafficSpec> =>
  fc
    .record({
      perSecond: fc.integer({ min: 1, max: 600 }),
      arrivals: fc.constantFrom('poisson' as const, 'exact-count' as const, 'uniform' as const),
      classes: fc.array(requestClass, { minLength: 1, maxLength: 3 }),
    })
    .map(({ perSecond, arrivals, classes }) => {
      const shared = classes.map((one, i) => ({ ...one, name: `class ${i}`, share: 1 / classes.length }));
      return steadyTraffic(name, 'app', { perSecond, endMicros: END }, { arrivals, classes: shared });
    });

function worlds(discipline: ServingSpec['discipline']): fc.Arbitrary<WorldSpec> {
  return fc
    .record({
      seed: fc.nat(),
      policy: fc.constantFrom<BalancerPolicy>('round-robin', 'random', 'power-of-two'),
      count: fc.integer({ min: 1, max: 7 }),
      concurrency: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(Infinity)),
      queueLimit: fc.oneof(fc.nat({ max: 5 }), fc.constant(Infinity)),
      cpuCores: fc.constantFrom(0.5, 1, 2, 3.5),
      traffic: fc.tuple(source('web'), source('mobile')).chain(([a, b]) => fc.constantFrom([a], [a, b])),
    })
    .map(({ seed, policy, count, traffic, ...serving }) => {
      return planeWorld({
        seed,
        endMicros: END,
        sloMicros: 30_000,
        traffic,
        workloads: [podWorkload('app', { count, policy }, { discipline, ...serving })],
      });
    });
}

/** Everything a plane shows of a run in which pods lose capacity, stop listening and are cut off on the way. */
function shown(world: WorldSpec, indexAll: boolean): unknown {
  const ends: string[] = [];
  const observer = (hop: number, ordinal: number, outcome: number, at: number) =>
    ends.push(`${hop} ${ordinal} ${outcome} ${at}`);
  const plane = createExactPlane(world, new Streams(world.seed), { indexAll, observer });
  const pods = openPods(plane, world).get('app')!;
  const seen: unknown[] = [];
  for (let step = 0; step < 4; step += 1) {
    const to = micros((END / 4) * (step + 1));
    plane.advance(micros((END / 4) * step), to);
    seen.push(pods.map((pod) => [pod.inFlight(), pod.queued(), Math.round(pod.cpuMicros())]));
    plane.closeStep(to);
    if (step === 0) pods[0].loseCapacity(0.5);
    if (step === 1) pods[pods.length - 1].listen(false);
    if (step === 2) pods[0].cut('failure');
    if (step === 2) plane.workload('app').route(pods.slice(1));
  }
  return {
    ends: ends.sort(),
    seen,
    totals: withoutRounding(plane.totals()),
    visits: plane.visits(),
    tables: plane.tables(),
  };
}

/** Wasted CPU is a sum of fractions, whose last bits follow the order of adding. */
function withoutRounding(totals: { readonly wastedCpuMicros: number }): unknown {
  return { ...totals, wastedCpuMicros: Math.round(totals.wastedCpuMicros) };
}

describe('lazy completion shows in nothing', () => {
  test.each(['fcfs', 'processor-sharing'] as const)(
    '%s: requests, totals and tables are those of indexed stations',
    (discipline) => {
      fc.assert(
        fc.property(worlds(discipline), (world) => {
          expect(shown(world, false)).toEqual(shown(world, true));
        }),
        { seed: 47, numRuns: 150 },
      );
    },
  );

  test('requests and attempts are conserved', () => {
    fc.assert(
      fc.property(worlds('fcfs'), (world) => {
        const plane = createExactPlane(world, new Streams(world.seed));
        openPods(plane, world);
        plane.advance(micros(0), micros(END));
        plane.closeStep(micros(END));
        const { requests, attempts } = plane.totals();
        expect(requests.served + requests.failed + requests.inFlightAtEnd).toBe(requests.offered);
        expect(attempts.served + attempts.failed + attempts.inFlightAtEnd).toBe(attempts.offered);
      }),
      { seed: 48, numRuns: 100 },
    );
  });
});
