import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seconds } from '../../src/kernel/micros.js';
import { factsOf, pool, runSim, workload, world } from './sim-run.js';

const replicas = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });

test('whatever is asked for: active pods follow, nodes are never overfull, and every life is in order', () => {
  fc.assert(
    fc.property(replicas, fc.integer({ min: 0, max: 5 }), fc.boolean(), (asked, nodes, kill) => {
      const spec = world({
        durationMicros: seconds(400),
        nodePools: nodes === 0 ? [] : [pool({ count: nodes })],
        workloads: [workload({}, { start: { kind: 'exponential', mean: 9e6 } })],
        faults: kill ? [{ kind: 'killPods', at: seconds(50), workload: 'web', pods: { share: 0.5 } }] : [],
      });
      const run = runSim(
        spec,
        asked.map((count, i) => [15 * (i + 1), count] as const),
      );
      const { pods } = run.measurement;
      const active = pods.filter(({ terminatingAt, removedAt }) => terminatingAt === null && removedAt === null);
      expect(active).toHaveLength(asked[asked.length - 1]);
      expect(pods.map(({ ordinal }) => ordinal)).toEqual(pods.map((_, i) => i));
      for (const { createdAt, scheduledAt, readyAt, removedAt } of pods) {
        const life = [createdAt, scheduledAt, readyAt, removedAt].filter((at) => at !== null);
        expect([...life].sort((a, b) => a - b)).toEqual(life);
      }
      const room = nodes === 0 ? Infinity : nodes * 4;
      expect(mostPlaced(run)).toBeLessThanOrEqual(room);
      const placed = active.filter(({ scheduledAt }) => scheduledAt !== null);
      expect(placed).toHaveLength(Math.min(active.length, room));
      for (const process of run.plane.opened) {
        const pod = pods[process.ordinal];
        expect(process.gone === null).toBe(pod.removedAt === null);
      }
    }),
    { seed: 20240607, numRuns: 150 },
  );
});

/** The most pods that held a place at once. */
function mostPlaced(run: ReturnType<typeof runSim>): number {
  const removed = new Set(factsOf(run, 'podScheduled').map(({ pod }) => pod));
  let placed = 0;
  let most = 0;
  for (const fact of run.facts) {
    if (fact.type === 'podScheduled') placed += 1;
    else if (fact.type === 'podRemoved' && removed.has(fact.pod)) placed -= 1;
    most = Math.max(most, placed);
  }
  return most;
}
