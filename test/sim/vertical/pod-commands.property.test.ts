import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import { seconds } from '../../../src/kernel/micros.js';
import { plainPod, pool, runSim, type Script, workload, world } from '../sim-run.js';

const pods = fc.integer({ min: 0, max: 14 }).map((i) => `web-${i}`);
const resources = fc.record({
  cpuRequestMillis: fc.integer({ min: 100, max: 5000 }),
  cpuLimitMillis: fc.constant(null),
  memoryRequestMiB: fc.integer({ min: 64, max: 9000 }),
  memoryLimitMiB: fc.constant(null),
});
const ofWeb = fc.constant('web');
const command = fc.oneof(
  fc.record({ type: fc.constant('resizePod' as const), workload: ofWeb, pod: pods, resources }),
  fc.record({ type: fc.constant('evictPod' as const), workload: ofWeb, pod: pods }),
  fc.record({ type: fc.constant('setPodResources' as const), workload: ofWeb, resources }),
);
const steps = fc.array(
  fc.record({
    tick: fc.integer({ min: 1, max: 30 }),
    command: fc.option(command, { nil: null }),
    replicas: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 40 },
);

/** Nodes of 4 cores and 8 GiB. */
const CAPACITY = { cpuMillis: 4000, memoryMiB: 8192 };

test('whatever is asked of pods: no node holds more than it has, an eviction never goes below the budget, and replicas are kept', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 5 }), fc.boolean(), (given, minAvailable, rollsOut) => {
      const rollout = {
        strategy: {
          type: 'RollingUpdate',
          maxSurge: { count: 1 },
          maxUnavailable: { count: 1 },
          minReadyMicros: seconds(0),
          progressDeadlineMicros: seconds(600),
        },
        rollouts: [{ at: seconds(100), pod: { ...plainPod, cpuRequestMillis: 1500 }, demandFactor: 1 }],
      } as const;
      const web = workload({
        initialReplicas: 5,
        resourcesChange: true,
        disruptionBudget: { bound: { minAvailable: { count: minAvailable } } },
        ...(rollsOut ? rollout : {}),
      });
      const script: Script = given.map(({ tick, command: one, replicas }) =>
        one === null ? ([15 * tick, replicas] as const) : { second: 15 * tick, command: one },
      );
      const spec = world({ durationMicros: seconds(900), nodePools: [pool({ count: 3 })], workloads: [web] });
      const { facts, measurement } = runSim(spec, script);
      const books = new Books(minAvailable);
      for (const fact of facts) books.take(fact);
      const last = facts.filter((fact) => fact.type === 'replicasSet').at(-1);
      const beyond = books.active.size - (last?.replicas ?? NaN);
      // A revision that finds no room stays within its surge.
      expect(beyond).toBeGreaterThanOrEqual(0);
      expect(beyond).toBeLessThanOrEqual(rollsOut ? 1 : 0);
      const inBooks = measurement.pods.filter(
        ({ removedAt, terminatingAt }) => removedAt === null && terminatingAt === null,
      );
      expect(inBooks).toHaveLength(books.active.size);
    }),
    { seed: 7, numRuns: 120 },
  );
});

/** A second set of books, from what everybody is told. */
class Books {
  readonly active = new Set<string>();
  private readonly ready = new Set<string>();
  private readonly size = new Map<string, { cpuMillis: number; memoryMiB: number }>();
  private readonly nodeOf = new Map<string, string>();

  constructor(private readonly minAvailable: number) {}

  take(fact: Fact): void {
    if (!('pod' in fact)) return;
    const { pod } = fact;
    if (fact.type === 'podCreated') this.active.add(pod);
    if (fact.type === 'podCreated' || fact.type === 'podResized') {
      const { cpuRequestMillis, memoryRequestMiB } = fact.resources ?? plainPod;
      this.size.set(pod, { cpuMillis: cpuRequestMillis ?? 0, memoryMiB: memoryRequestMiB ?? 0 });
    }
    if (fact.type === 'podScheduled') this.nodeOf.set(pod, fact.node);
    if (fact.type === 'podBecameReady') this.ready.add(pod);
    if (fact.type === 'podBeganTerminating') this.leave(pod, fact.reason);
    if (fact.type === 'podRemoved') this.nodeOf.delete(pod);
    if (fact.type === 'podScheduled' || fact.type === 'podResized') this.weigh(this.nodeOf.get(pod));
  }

  private leave(pod: string, reason: string): void {
    this.active.delete(pod);
    const wasReady = this.ready.delete(pod);
    if (reason === 'script' && wasReady) expect(this.ready.size).toBeGreaterThanOrEqual(this.minAvailable);
  }

  private weigh(node: string | undefined): void {
    const on = [...this.nodeOf].filter(([, of]) => of === node).map(([pod]) => this.size.get(pod));
    const cpu = on.reduce((sum, size) => sum + (size?.cpuMillis ?? 0), 0);
    const memory = on.reduce((sum, size) => sum + (size?.memoryMiB ?? 0), 0);
    expect(cpu).toBeLessThanOrEqual(CAPACITY.cpuMillis);
    expect(memory).toBeLessThanOrEqual(CAPACITY.memoryMiB);
  }
}
