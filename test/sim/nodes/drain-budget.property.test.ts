import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/fact.js';
import { seconds } from '../../../src/kernel/micros.js';
import { pool, runSim, type Script, workload, world } from '../sim-run.js';

/** Healthy pods that an eviction leaves: ready, and not asked to stop. Whoever is not ready takes none away. */
function healthyAfterEvictions(facts: readonly Fact[]): number[] {
  const ready = new Set<string>();
  const left: number[] = [];
  for (const fact of facts) {
    if (fact.type === 'podBecameReady') ready.add(fact.pod);
    if (fact.type === 'podBecameUnready' || fact.type === 'podRemoved') ready.delete(fact.pod);
    if (fact.type !== 'podBeganTerminating') continue;
    ready.delete(fact.pod);
    left.push(ready.size);
  }
  return left;
}

test('however many nodes are drained at once, no eviction leaves fewer pods ready than the budget wants, and no node goes twice', () => {
  const nothing = { kind: 'constant', value: 0 } as const;
  const drains = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 4 })), { maxLength: 4 });
  let evictions = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 25 }),
      drains,
      (replicas, maxUnavailable, startSeconds, asked) => {
        const script: Script = asked.map(([tick, node], i) => {
          return { second: 15 * tick, pool: 'pool', nodes: 4 - i, remove: [`pool-${node}`] };
        });
        const run = runSim(
          world({
            durationMicros: seconds(300),
            nodePools: [pool({ count: 5, elastic: { min: 0, max: 9, provisioning: nothing, boot: nothing } })],
            workloads: [
              workload(
                {
                  initialReplicas: replicas,
                  disruptionBudget: { bound: { maxUnavailable: { count: maxUnavailable } } },
                },
                { memoryRequestMiB: 100, start: { kind: 'constant', value: startSeconds * 1e6 } },
              ),
            ],
          }),
          script,
        );
        const left = healthyAfterEvictions(run.facts);
        evictions += left.length;
        for (const healthy of left) expect(healthy).toBeGreaterThanOrEqual(replicas - maxUnavailable);
        const removed = run.facts.flatMap((fact) => (fact.type === 'nodeRemoved' ? [fact.node] : []));
        expect(new Set(removed).size).toBe(removed.length);
      },
    ),
    { seed: 61, numRuns: 150 },
  );
  expect(evictions).toBeGreaterThan(100);
});
