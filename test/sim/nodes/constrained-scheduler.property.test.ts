import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOSTNAME_LABEL, ZONE_LABEL } from '../../../src/domain/scheduling/labels.js';
import { type PodConstraints, podLabels, workloadsSelector } from '../../../src/domain/scheduling/pod-constraints.js';
import { factsOf, pool, runSim, workload, world } from '../sim-run.js';

/** A kind of pods, as plainly as can be. */
interface Kind {
  readonly cpu: number;
  readonly memory: number;
  readonly count: number;
  readonly priority: number;
  readonly disk: string | null;
  readonly tolerant: boolean;
  /** Apart from its own kind, by host or by zone. */
  readonly apart: 'host' | 'zone' | null;
  /** Near pods of the kind before it, by zone. */
  readonly near: boolean;
  /** Most that a zone may have more of it than the emptiest. */
  readonly skew: number | null;
}

interface Pool {
  readonly zone: string;
  readonly disk: string;
  readonly tainted: boolean;
  readonly count: number;
}

interface Place {
  readonly name: string;
  readonly pool: Pool;
  readonly pods: { readonly kind: number }[];
}

interface Waiting {
  readonly name: string;
  readonly kind: number;
}

const CPU = 4000;
const MEMORY = 8192;

/** Filter and score with loops over everything: who is where in the end. */
function naive(kinds: readonly Kind[], pools: readonly Pool[]): Map<string, string> {
  const places = pools.flatMap((one, p) =>
    Array.from({ length: one.count }, (_, i): Place => ({ name: `p${p}-${i}`, pool: one, pods: [] })),
  );
  const found = new Map<string, string>();
  let waiting: Waiting[] = [];
  kinds.forEach(({ count }, kind) => {
    for (let i = 0; i < count; i += 1) waiting.push({ name: `w${kind}-${i}`, kind });
    for (;;) {
      const ordered = [...waiting].sort((a, b) => kinds[b.kind].priority - kinds[a.kind].priority);
      const next = ordered.find((pod) => places.some((place) => fits(pod.kind, place)));
      if (next === undefined) break;
      const best = places
        .filter((place) => fits(next.kind, place))
        .sort((a, b) => score(next.kind, b) - score(next.kind, a))[0];
      best.pods.push({ kind: next.kind });
      found.set(next.name, best.name);
      waiting = waiting.filter((pod) => pod !== next);
    }
  });
  return found;

  function used(place: Place, of: 'cpu' | 'memory'): number {
    return place.pods.reduce((sum, pod) => sum + kinds[pod.kind][of], 0);
  }

  function inZone(zone: string, kind: number): number {
    return places.filter((one) => one.pool.zone === zone).flatMap(({ pods }) => pods.filter((pod) => pod.kind === kind))
      .length;
  }

  function fits(kind: number, place: Place): boolean {
    const { cpu, memory, disk, tolerant } = kinds[kind];
    if (used(place, 'cpu') + cpu > CPU || used(place, 'memory') + memory > MEMORY) return false;
    if (disk !== null && disk !== place.pool.disk) return false;
    if (place.pool.tainted && !tolerant) return false;
    return likesCompany(kind, place) && spreads(kind, place);
  }

  function likesCompany(kind: number, place: Place): boolean {
    const { apart, near } = kinds[kind];
    const { zone } = place.pool;
    if (apart === 'host' && place.pods.some((pod) => pod.kind === kind)) return false;
    if (apart === 'zone' && inZone(zone, kind) > 0) return false;
    return !near || kind === 0 || inZone(zone, kind - 1) > 0;
  }

  function spreads(kind: number, { pool: { zone } }: Place): boolean {
    const { disk, skew } = kinds[kind];
    if (skew === null) return true;
    const counts = new Map<string, number>();
    for (const one of places.filter(({ pool: of }) => disk === null || of.disk === disk)) {
      const here = one.pods.filter((pod) => pod.kind === kind).length;
      counts.set(one.pool.zone, (counts.get(one.pool.zone) ?? 0) + here);
    }
    return (counts.get(zone) ?? 0) + 1 - Math.min(...counts.values()) <= skew;
  }

  function score(kind: number, place: Place): number {
    const cpu = (used(place, 'cpu') + kinds[kind].cpu) / CPU;
    const memory = (used(place, 'memory') + kinds[kind].memory) / MEMORY;
    const free = (share: number): number => Math.floor(100 * (1 - share));
    return Math.floor((free(cpu) + free(memory)) / 2) + Math.floor(100 * (1 - Math.abs(cpu - memory) / 2));
  }
}

function constraintsOf(kind: Kind, i: number): PodConstraints {
  const own = { matchLabels: podLabels(`w${i}`) };
  return {
    priority: kind.priority,
    preempts: false,
    ...(kind.disk === null ? {} : { nodeSelector: { disk: kind.disk } }),
    ...(kind.tolerant ? { tolerations: [{ key: 'kept', operator: 'Exists' as const }] } : {}),
    ...(kind.apart === null
      ? {}
      : { antiAffinity: [{ topologyKey: kind.apart === 'host' ? HOSTNAME_LABEL : ZONE_LABEL, selector: own }] }),
    ...(kind.near && i > 0
      ? { affinity: [{ topologyKey: ZONE_LABEL, selector: workloadsSelector([`w${i - 1}`]) }] }
      : {}),
    ...(kind.skew === null
      ? {}
      : {
          spread: [
            {
              topologyKey: ZONE_LABEL,
              selector: own,
              maxSkew: kind.skew,
              whenUnsatisfiable: 'DoNotSchedule' as const,
              minDomains: 1,
            },
          ],
        }),
  };
}

const aKind: fc.Arbitrary<Kind> = fc.record({
  cpu: fc.constantFrom(500, 1000, 1500, 3000),
  memory: fc.constantFrom(512, 1024, 3072),
  count: fc.integer({ min: 1, max: 6 }),
  priority: fc.integer({ min: -2, max: 2 }),
  disk: fc.constantFrom(null, null, 'ssd', 'hdd'),
  tolerant: fc.boolean(),
  apart: fc.constantFrom(null, null, 'host' as const, 'zone' as const),
  near: fc.boolean(),
  skew: fc.constantFrom(null, 1, 2),
});

const aPool: fc.Arbitrary<Pool> = fc.record({
  zone: fc.constantFrom('a', 'b', 'c'),
  disk: fc.constantFrom('ssd', 'hdd'),
  tainted: fc.boolean(),
  count: fc.integer({ min: 1, max: 3 }),
});

it('places pods as a naive filter and score does', () => {
  let placed = 0;
  fc.assert(
    fc.property(
      fc.array(aKind, { minLength: 1, maxLength: 5 }),
      fc.array(aPool, { minLength: 1, maxLength: 4 }),
      (kinds, pools) => {
        const spec = world({
          workloads: kinds.map((kind, i) =>
            workload(
              { name: `w${i}`, initialReplicas: kind.count, scheduling: constraintsOf(kind, i) },
              { cpuRequestMillis: kind.cpu, memoryRequestMiB: kind.memory },
            ),
          ),
          nodePools: pools.map(({ zone, disk, tainted, count }, p) =>
            pool({
              name: `p${p}`,
              count,
              labels: { [ZONE_LABEL]: zone, disk },
              ...(tainted ? { taints: [{ key: 'kept', value: '', effect: 'NoSchedule' }] } : {}),
            }),
          ),
        });
        const run = runSim(spec);
        const found = new Map(factsOf(run, 'podScheduled').map(({ pod, node }) => [pod, node]));
        placed += found.size;
        expect(found).toEqual(naive(kinds, pools));
      },
    ),
    { seed: 20261130, numRuns: 200 },
  );
  expect(placed).toBeGreaterThan(500);
});
