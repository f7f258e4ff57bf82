import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BalancerPolicy, WorldSpec } from '../../../src/domain/world-spec.js';
import { micros } from '../../../src/kernel/micros.js';
import { onlyClass, patientClient, planeWorld, podWorkload, steadyTraffic } from '../requests/plane-world.js';
import { network, NetworkRun, zone } from './network-world.js';

const policies: readonly BalancerPolicy[] = ['round-robin', 'random', 'least-connections', 'power-of-two'];
const disciplines = ['fcfs', 'processor-sharing', 'cfs'] as const;

interface Choice {
  readonly seed: number;
  readonly policy: BalancerPolicy;
  readonly discipline: (typeof disciplines)[number];
  readonly perConnection: boolean;
  readonly preferZone: boolean;
}

/** Two services and a database under load, without time-outs. */
function serviceWorld({ seed, policy, discipline, perConnection, preferZone }: Choice): WorldSpec {
  const connections = { size: 7, maxAgeMicros: micros(300_000), maxRequests: 40 };
  const client = perConnection ? { ...patientClient, connections } : patientClient;
  const serving = { discipline, concurrency: discipline === 'fcfs' ? 2 : Infinity, cpuCores: 2 };
  const stock = { cpu: { kind: 'exponential', mean: 8_000 } as const, wait: null, calls: [] };
  const shop = { ...stock, calls: [[{ target: 'stock', probability: 0.7, client }]] };
  const workloads = [
    podWorkload('shop', { count: 3, policy }, serving, shop),
    podWorkload('stock', { count: 3, policy }, serving, stock),
  ];
  return {
    ...planeWorld({
      seed,
      endMicros: 60e6,
      traffic: [
        steadyTraffic('web', 'shop', { perSecond: 250, endMicros: 3e6 }, { classes: [onlyClass(shop)], client }),
      ],
      workloads: workloads.map((one) => ({
        ...one,
        balancer: {
          ...one.balancer,
          ...(perConnection ? { per: 'connection' } : {}),
          ...(preferZone ? { topology: 'prefer-zone' } : {}),
        },
      })),
    }),
  };
}

test('clients who are farther away see every latency longer by exactly the round trip, where nobody times out', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer({ min: 1, max: 1e6 }),
        policy: fc.constantFrom(...policies),
        discipline: fc.constantFrom(...disciplines),
        perConnection: fc.boolean(),
        preferZone: fc.boolean(),
      }),
      fc.integer({ min: 1, max: 400_000 }),
      (choice, roundTrip) => {
        // Not 0: what takes no time comes after all messages of its instant, and a request that arrives by message before some.
        const apart = (micros: number) => network({ sameZone: 0.2, crossZone: 1, clients: micros / 1e3 });
        const near = { ...serviceWorld(choice), network: apart(2) };
        const far = { ...near, network: apart(2 + roundTrip) };
        const places = { shop: [zone('a'), zone('b'), zone('b')], stock: [zone('a'), zone('b'), zone('c')] };
        const [nearEnds, farEnds] = [near, far].map((one) => new NetworkRun(one, places).to(60).ends());
        expect(nearEnds.length).toBeGreaterThan(600);
        const shifted = nearEnds.map(({ outcome, latencyMs }) => ({
          outcome,
          micros: Math.round(latencyMs * 1e3) + roundTrip,
        }));
        expect(farEnds.map(({ outcome, latencyMs }) => ({ outcome, micros: Math.round(latencyMs * 1e3) }))).toEqual(
          shifted,
        );
      },
    ),
    { seed: 20240611, numRuns: 40 },
  );
});

test('a network of no time and no loss changes no end of any request', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.constantFrom(...policies),
      fc.constantFrom(...disciplines),
      fc.boolean(),
      (seed, policy, discipline, perConnection) => {
        const without = serviceWorld({ seed, policy, discipline, perConnection, preferZone: false });
        const ends = new NetworkRun({ ...without, network: network({}) }).to(60).ends();
        expect(ends).toEqual(new NetworkRun(without).to(60).ends());
        expect(ends.length).toBeGreaterThan(600);
      },
    ),
    { seed: 20240612, numRuns: 24 },
  );
});
